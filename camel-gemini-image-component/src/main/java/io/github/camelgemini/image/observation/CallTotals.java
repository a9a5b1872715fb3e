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

/** What an endpoint or a component did since it started. Thread-safe. */
public final class CallTotals implements CallListener {

    private static final int LAST_FAILURES = 10;
    private static final int LONGEST_MESSAGE = 300;
    /** Route ids are the route author's, but templates may make any number of them. */
    private static final int ROUTES = 200;

    private final Deque<Failure> lastFailures = new ArrayDeque<>();
    private final TagValues routes = new TagValues(ROUTES);
    private final Map<String, BigDecimal> costByRoute = new TreeMap<>();
    private Counts counts = Counts.NONE;

    /**
     * What was counted.
     *
     * @param operations pictures asked for, counts of tokens, lists of models
     * @param failures how many of them failed, or were cancelled
     * @param blocked how many were answered without a picture, which are failures as well unless {@code failOnBlocked=false}
     * @param calls that it took
     * @param retries how many of those followed one that failed
     * @param throttled how many of those were answered with HTTP 429
     * @param pictures that came
     * @param receivedBytes of pictures
     * @param sentBytes of reference pictures
     * @param inputTokens of prompts and reference pictures
     * @param outputTokens of texts, pictures and thoughts
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
     * @param type the class of the exception
     * @param httpStatus or 0
     * @param message the beginning of it
     */
    public record Failure(
            Instant time, String operation, String routeId, String type, int httpStatus, String message) {}

    public synchronized Counts counts() {
        return counts;
    }

    /** In USD, for each route; what was sent from none is under {@code none}. */
    public synchronized Map<String, BigDecimal> costByRoute() {
        return new TreeMap<>(costByRoute);
    }

    /** The last ten, newest first. */
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
