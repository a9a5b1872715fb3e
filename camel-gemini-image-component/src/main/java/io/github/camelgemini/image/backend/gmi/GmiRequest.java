package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A request as the queue tells of it.
 *
 * @param json names in camelCase
 */
record GmiRequest(JsonNode json) {

    /** After which one that is done and has no outcome will have none. */
    private static final Duration UNTIL_OUTCOME = Duration.ofMinutes(2);

    /** Without an envelope, of which no document speaks. */
    GmiRequest {
        if (!json.has("requestId") && !json.has("status")) {
            for (String envelope : new String[] {"data", "request"}) {
                json = json.path(envelope).isObject() ? json.path(envelope) : json;
            }
        }
    }

    /** @throws MalformedResponseException when it has none, and so is nothing that could be asked for */
    String id() {
        String id = json.path("requestId").asText(json.path("id").asText(""));
        if (!HttpCalls.isId(id)) {
            throw new MalformedResponseException(
                    "The answer of GMI Cloud has no request_id", ProviderError.ofModel(model()), null);
        }
        return id;
    }

    boolean hasId() {
        return json.hasNonNull("requestId") || json.hasNonNull("id");
    }

    /** As the service calls it; null when it does not say. */
    String model() {
        return json.path("model").isTextual() ? json.path("model").asText() : null;
    }

    JsonNode payload() {
        return json.path("payload");
    }

    JsonNode outcome() {
        return json.path("outcome");
    }

    /** As it is said. Words that are not documented are of something that goes on. */
    JobState said() {
        return switch (json.path("status").asText("").toLowerCase(Locale.ROOT)) {
            case "created", "queued", "pending" -> JobState.PENDING;
            case "success", "succeeded", "completed" -> JobState.SUCCEEDED;
            case "failed", "error" -> JobState.FAILED;
            case "cancelled", "canceled" -> JobState.CANCELLED;
            default -> JobState.RUNNING;
        };
    }

    /** As it is said, but one whose outcome is still to come is not done. */
    JobState state() {
        boolean awaited = said() == JobState.SUCCEEDED
                && !hasOutcome()
                && (updated() == null
                        || Duration.between(updated(), Instant.now()).compareTo(UNTIL_OUTCOME) < 0);
        return awaited ? JobState.RUNNING : said();
    }

    private boolean hasOutcome() {
        return outcome().isContainerNode() && !outcome().isEmpty();
    }

    /** Why it failed, as the service says it; empty when it does not. */
    String error() {
        for (JsonNode error : new JsonNode[] {json.path("error"), outcome().path("error"), json.path("message")}) {
            String text =
                    error.isTextual() ? error.asText() : error.path("message").asText("");
            if (!text.isBlank()) {
                return text.strip();
            }
        }
        return "";
    }

    Instant created() {
        return time("createdAt");
    }

    Instant updated() {
        return time("updatedAt");
    }

    /** In seconds; a number that is too large for that is in milliseconds. */
    private Instant time(String field) {
        JsonNode time = json.path(field);
        if (!time.canConvertToLong() || time.asLong() <= 0) {
            return null;
        }
        return time.asLong() > 100_000_000_000L
                ? Instant.ofEpochMilli(time.asLong())
                : Instant.ofEpochSecond(time.asLong());
    }

    /** @param error without secrets */
    Job job(JobState state, String error) {
        return new Job(
                id(),
                null,
                state,
                1,
                state.isDone() ? state == JobState.SUCCEEDED ? 1 : 0 : -1,
                state.isDone() ? state == JobState.FAILED ? 1 : 0 : -1,
                -1,
                created(),
                state.isDone() ? updated() : null,
                state == JobState.FAILED && !error.isEmpty() ? error : null);
    }
}
