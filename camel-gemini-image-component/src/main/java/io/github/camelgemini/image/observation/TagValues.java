package io.github.camelgemini.image.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the values of a tag. After as many different ones as a registry should hold, all others become {@code other}.
 */
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
