package io.github.camelgemini.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests, in order of arrival. */
final class RequestLog {

    /** Enough for any test; a standalone emulator must not fill its heap. */
    static final int LIMIT = 10_000;

    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();

    synchronized void add(ReceivedRequest request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<ReceivedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
