package io.github.camelgemini.image.backend.gmi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests whose ids somebody was told, and submissions that are not answered yet, so that none is taken for the lost one of
 * another submission of the same payload. Thread-safe.
 */
final class KnownRequests {

    private static final int REMEMBERED = 10_000;

    /** Names of submissions by ids of requests. */
    private final Map<String, String> names = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Submissions that are not answered yet, by fingerprint. */
    private final Map<String, Integer> underWay = new HashMap<>();

    synchronized void begin(String fingerprint) {
        underWay.merge(fingerprint, 1, Integer::sum);
    }

    /** However it ended. */
    synchronized void end(String fingerprint) {
        underWay.computeIfPresent(fingerprint, (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized void answered(String id, String name) {
        names.putIfAbsent(id, name);
    }

    /**
     * Takes one of several requests of the same payload for a submission whose answer was lost.
     *
     * @param requests all that there are; each id once
     * @return empty when all of them are of others
     * @throws UndecidedException when that is known only when others are answered
     */
    synchronized Optional<GmiRequest> take(List<GmiRequest> requests, String fingerprint, String name)
            throws UndecidedException {
        List<GmiRequest> unknown = requests.stream()
                .filter(request -> names.getOrDefault(request.id(), name).equals(name))
                .toList();
        Optional<GmiRequest> before = unknown.stream()
                .filter(request -> names.containsKey(request.id()))
                .findFirst();
        if (before.isPresent() || unknown.isEmpty()) {
            return before;
        }
        if (underWay.containsKey(fingerprint)) {
            throw new UndecidedException();
        }
        GmiRequest found = unknown.get(unknown.size() - 1);
        names.put(found.id(), name);
        return Optional.of(found);
    }

    /** Requests of the same payload are being submitted, and nobody knows yet which one is whose. */
    static final class UndecidedException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
