package io.github.camelgemini.emulator.inferencesh;

import io.github.camelgemini.emulator.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** The rate limits for requests a minute, from an older version of the documents. Thread-safe. */
final class RateLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<Kind, Window> windows = new EnumMap<>(Kind.class);

    /** The kinds of requests with a limit of their own. */
    private enum Kind {
        RUN(100),
        GET_TASK(1000),
        UPLOAD(50);

        private final int limit;

        Kind(int limit) {
            this.limit = limit;
        }
    }

    private record Window(Instant end, int used) {}

    private static Kind kind(Endpoint endpoint) {
        return switch (endpoint) {
            case RUN, RUN_SHORT, RUN_APP -> Kind.RUN;
            case TASK_GET, TASK_STATUS -> Kind.GET_TASK;
            case FILE_CREATE -> Kind.UPLOAD;
            default -> null;
        };
    }

    /**
     * What is left after a request.
     *
     * @param remaining requests in this minute; negative for a request above the limit
     * @param reset when the next minute begins
     */
    record Left(int remaining, Instant reset) {

        Reply tell(Reply reply) {
            return reply.withHeader("X-RateLimit-Remaining", Integer.toString(Math.max(0, remaining)))
                    .withHeader("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
        }
    }

    /** Counts a request; null when it has no limit. */
    synchronized Left count(Endpoint endpoint, Instant now) {
        Kind kind = kind(endpoint);
        if (kind == null) {
            return null;
        }
        Window window = windows.get(kind);
        if (window == null || !now.isBefore(window.end())) {
            window = new Window(now.plus(WINDOW), 0);
        }
        Window counted = new Window(window.end(), window.used() + 1);
        windows.put(kind, counted);
        return new Left(kind.limit - counted.used(), counted.end());
    }

    synchronized void clear() {
        windows.clear();
    }
}
