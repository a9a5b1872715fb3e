package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.secret.OutsideText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The totals of an endpoint or a component since its start. Thread-safe. */
public final class CallTotals implements CallListener {

    private static final int LAST_FAILURES = 10;
    private static final int LONGEST_MESSAGE = 300;
    /** The limit for route ids. Route templates may create any number of them. */
    private static final int ROUTES = 200;

    private final Deque<Failure> lastFailures = new ArrayDeque<>();
    private final TagValues routes = new TagValues(ROUTES);
    private final Map<String, BigDecimal> costByRoute = new TreeMap<>();
    private Counts counts = Counts.NONE;

    /**
     * The counters.
     *
     * @param operations pictures requested, token counts, and lists of models
     * @param failures number of operations that failed or were cancelled
     * @param blocked number of answers without a picture; unless {@code failOnBlocked=false}, these are failures too
     * @param calls number of calls
     * @param retries number of calls that followed a failed one
     * @param throttled number of calls that were answered with HTTP 429
     * @param pictures number of pictures that arrived
     * @param receivedBytes bytes of these pictures
     * @param sentBytes bytes of reference images
     * @param inputTokens tokens of prompts and reference images
     * @param outputTokens tokens of text, pictures and thoughts
     * @param cost in USD, estimated
     */
    public record Counts(
            long operations,
            long failures,
            long blocked,
            long calls,
            long retries,
            long throttled,
            long pictures,
            long receivedBytes,
            long sentBytes,
            long inputTokens,
            long outputTokens,
            BigDecimal cost) {

        /** All counters at zero. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

        private Counts plus(CallReport report) {
            Usage usage = report.usage();
            return new Counts(
                    operations + 1,
                    failures + (report.failure() == null ? 0 : 1),
                    blocked + (report.blocked() == null ? 0 : 1),
                    calls + report.calls(),
                    retries,
                    throttled + report.throttled(),
                    pictures + report.pictures(),
                    receivedBytes + report.received(),
                    sentBytes + report.sent(),
                    inputTokens + usage.promptTokens(),
                    outputTokens + usage.outputTokens() + usage.thoughtTokens(),
                    report.cost() == null ? cost : cost.add(report.cost()));
        }

        private Counts plusRetry() {
            return new Counts(
                    operations,
                    failures,
                    blocked,
                    calls,
                    retries + 1,
                    throttled,
                    pictures,
                    receivedBytes,
                    sentBytes,
                    inputTokens,
                    outputTokens,
                    cost);
        }
    }

    /**
     * A message that failed.
     *
     * @param time of the failure
     * @param operation of the component
     * @param routeId or null
     * @param type class name of the exception
     * @param httpStatus or 0
     * @param message its beginning
     */
    public record Failure(
            Instant time, String operation, String routeId, String type, int httpStatus, String message) {}

    /** The current counters. */
    public synchronized Counts counts() {
        return counts;
    }

    /** The cost of each route in USD. Messages from outside a route count as {@code none}. */
    public synchronized Map<String, BigDecimal> costByRoute() {
        return new TreeMap<>(costByRoute);
    }

    /** The last ten failures, newest first. */
    public synchronized List<Failure> lastFailures() {
        return List.copyOf(lastFailures);
    }

    @Override
    public synchronized void tryingAgain(Caller caller, Retry retry) {
        counts = counts.plusRetry();
    }

    @Override
    public synchronized void ended(Caller caller, CallReport report) {
        counts = counts.plus(report);
        if (report.cost() != null) {
            costByRoute.merge(routes.of(caller.routeId()), report.cost(), BigDecimal::add);
        }
    }

    @Override
    public synchronized void done(Caller caller, Throwable failure) {
        if (failure == null) {
            return;
        }
        lastFailures.addFirst(new Failure(
                Instant.now(),
                caller.operation(),
                caller.routeId(),
                CallReport.errorType(failure),
                CallReport.httpStatus(failure),
                OutsideText.of(String.valueOf(failure.getMessage()), LONGEST_MESSAGE)));
        if (lastFailures.size() > LAST_FAILURES) {
            lastFailures.removeLast();
        }
    }
}
