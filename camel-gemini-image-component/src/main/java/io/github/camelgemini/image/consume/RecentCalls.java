package io.github.camelgemini.image.consume;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the last calls that were good, so that those that a service makes again are known. Thread-safe. */
final class RecentCalls {

    /** More do not come within the minutes for which a call is good. */
    private static final int MOST = 10_000;

    private static final int LONGEST_ID = 256;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Remembers a call.
     *
     * @param id of which the beginning counts; null for one without, which is always new
     * @return whether it is new
     */
    synchronized boolean add(String id) {
        String kept = id == null || id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
        return kept == null || ids.put(kept, Boolean.TRUE) == null;
    }
}
