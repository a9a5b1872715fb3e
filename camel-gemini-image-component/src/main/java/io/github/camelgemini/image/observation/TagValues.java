package io.github.camelgemini.image.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Values of one tag: as many different ones as a registry should keep, and {@code other} for all that come later. */
final class TagValues {

    static final String NONE = "none";
    static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final int most;

    TagValues(int most) {
        this.most = most;
    }

    String of(String value) {
        if (value == null || value.isEmpty()) {
            return NONE;
        }
        if (known.contains(value)) {
            return value;
        }
        synchronized (this) {
            if (known.size() < most) {
                known.add(value);
                return value;
            }
        }
        return known.contains(value) ? value : OTHER;
    }

    boolean contains(String value) {
        return value != null && known.contains(value);
    }
}
