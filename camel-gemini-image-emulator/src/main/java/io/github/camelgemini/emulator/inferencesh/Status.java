package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.queue.Job;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The statuses of a task in the order of their numbers, with their begin as a fraction of the task's time. */
enum Status {
    UNKNOWN(-1),
    RECEIVED(0),
    QUEUED(0.05),
    DISPATCHED(0.1),
    PREPARING(0.15),
    SERVING(0.2),
    SETTING_UP(0.25),
    RUNNING(0.3),
    CANCELLING(-1),
    UPLOADING(0.9),
    COMPLETED(1),
    FAILED(1),
    CANCELLED(-1);

    /** In the order in which a task passes through them. */
    static final List<Status> ON_THE_WAY =
            List.of(RECEIVED, QUEUED, DISPATCHED, PREPARING, SERVING, SETTING_UP, RUNNING, UPLOADING);

    private final double begins;

    Status(double begins) {
        this.begins = begins;
    }

    double begins() {
        return begins;
    }

    static Status of(Job job, Instant now) {
        return switch (job.outcome(now)) {
            case SUCCEEDED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case PENDING -> onTheWay(job.share(now));
        };
    }

    private static Status onTheWay(double share) {
        Status reached = RECEIVED;
        for (Status status : ON_THE_WAY) {
            if (status.begins <= share) {
                reached = status;
            }
        }
        return reached;
    }

    /** The progress in percent. */
    static int progress(Job job, Instant now) {
        if (job.outcome(now) == Job.Outcome.SUCCEEDED) {
            return 100;
        }
        double share = (job.share(now) - RUNNING.begins) / (UPLOADING.begins - RUNNING.begins);
        return (int) Math.round(100 * Math.max(0, Math.min(1, share)));
    }

    boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** The status in an answer. The old numbers had no {@code cancelling}, so all later numbers were lower by one. */
    JsonNode json(Queueing habits) {
        if (habits.statusNames) {
            return TextNode.valueOf(text());
        }
        return IntNode.valueOf(
                habits.oldStatusNumbers && ordinal() >= CANCELLING.ordinal() ? ordinal() - 1 : ordinal());
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a filter selects this status, by number or name. */
    static boolean means(JsonNode filter, Status status) {
        return filter.isNumber()
                ? filter.asInt() == status.ordinal()
                : filter.asText().equalsIgnoreCase(status.name());
    }

    static List<Status> all() {
        return Arrays.asList(values());
    }
}
