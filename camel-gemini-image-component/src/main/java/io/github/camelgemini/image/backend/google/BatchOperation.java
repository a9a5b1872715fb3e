package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** A batch as the API describes it: a long-running operation, with the batch as its metadata. */
final class BatchOperation {

    private BatchOperation() {}

    /** The file with the results, or null. */
    static String fileOf(JsonNode operation) {
        for (JsonNode output :
                List.of(operation.at("/metadata/output"), operation.path("response"), operation.at("/metadata/dest"))) {
            for (String name : List.of("responsesFile", "responses_file", "fileName")) {
                if (output.path(name).isTextual()) {
                    return output.path(name).asText();
                }
            }
        }
        return null;
    }

    /** Whether the operation contains the results. */
    static boolean hasInline(JsonNode operation) {
        return operation.at("/metadata/output").has("inlinedResponses")
                || operation.path("response").has("inlinedResponses");
    }

    static String modelOf(JsonNode operation) {
        return operation.at("/metadata/model").asText("").replaceFirst("^models/", "");
    }

    /** The state of a batch. */
    static Job job(JsonNode operation) {
        JsonNode facts = operation.has("metadata") ? operation.path("metadata") : operation;
        JsonNode stats = facts.path("batchStats");
        String failure = operation.at("/error/message").asText(null);
        return new Job(
                operation.path("name").asText(),
                facts.path("displayName").asText(null),
                state(facts.path("state").asText(""), operation),
                count(stats, "requestCount"),
                count(stats, "successfulRequestCount"),
                count(stats, "failedRequestCount"),
                -1,
                time(facts, "createTime"),
                time(facts, "endTime"),
                failure);
    }

    /**
     * @param operation the operation or job with this state
     */
    static JobState state(String word, JsonNode operation) {
        String bare = word.replaceFirst("^(BATCH|JOB)_STATE_", "");
        return switch (bare) {
            case "PENDING", "QUEUED" -> JobState.PENDING;
            case "SUCCEEDED", "PARTIALLY_SUCCEEDED" -> JobState.SUCCEEDED;
            case "FAILED" -> JobState.FAILED;
            case "CANCELLED" -> JobState.CANCELLED;
            case "EXPIRED" -> JobState.EXPIRED;
            default -> {
                if (!operation.path("done").asBoolean()) {
                    yield JobState.RUNNING;
                }
                yield operation.hasNonNull("error") ? JobState.FAILED : JobState.SUCCEEDED;
            }
        };
    }

    /** The API writes 64-bit numbers as text. */
    private static long count(JsonNode stats, String name) {
        return stats.isObject() ? stats.path(name).asLong(0) : -1;
    }

    static Instant time(JsonNode facts, String name) {
        try {
            return facts.has(name) ? Instant.parse(facts.path(name).asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A page of the list of operations. */
    static JobPage page(JsonNode list) {
        List<Job> jobs = new ArrayList<>();
        list.path("operations").forEach(operation -> jobs.add(job(operation)));
        String next = list.path("nextPageToken").asText("");
        return new JobPage(jobs, next.isEmpty() ? null : next);
    }
}
