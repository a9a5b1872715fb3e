package io.github.camelgemini.image.consume;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the last accepted webhook calls, to recognize repeated ones. Thread-safe. */
final class RecentCalls {

    /** More calls do not arrive during the minutes for which a call is valid. */
    private static final int MOST = 10_000;

    private static final int LONGEST_ID = 256;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Stores a call.
     *
     * @param id only its beginning counts; a call with null is always new
     * @return whether it is new
     */
    synchronized boolean add(String id) {
        String kept = id == null || id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
        return kept == null || ids.put(kept, Boolean.TRUE) == null;
    }
}
