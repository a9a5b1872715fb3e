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
 * A request in the queue, as the service describes it.
 *
 * @param json names in camelCase
 */
record GmiRequest(JsonNode json) {

    /** How long after the end of a request its outcome may take to appear. */
    private static final Duration UNTIL_OUTCOME = Duration.ofMinutes(2);

    /** Removes an envelope, which is not documented. */
    GmiRequest {
        if (!json.has("requestId") && !json.has("status")) {
            for (String envelope : new String[] {"data", "request"}) {
                json = json.path(envelope).isObject() ? json.path(envelope) : json;
            }
        }
    }

    /**
     * @throws MalformedResponseException when there is no id, so the request could not be polled
     */
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

    /** The model's name at the service; null when it does not say. */
    String model() {
        return json.path("model").isTextual() ? json.path("model").asText() : null;
    }

    JsonNode payload() {
        return json.path("payload");
    }

    JsonNode outcome() {
        return json.path("outcome");
    }

    /** The state that the service names. Undocumented states count as running. */
    JobState said() {
        return switch (json.path("status").asText("").toLowerCase(Locale.ROOT)) {
            case "created", "queued", "pending" -> JobState.PENDING;
            case "success", "succeeded", "completed" -> JobState.SUCCEEDED;
            case "failed", "error" -> JobState.FAILED;
            case "cancelled", "canceled" -> JobState.CANCELLED;
            default -> JobState.RUNNING;
        };
    }

    /** The state, except that a request without its outcome is not done yet. */
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

    /** Why the request failed, in the service's words; empty when it does not say. */
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

    /** In seconds; a number that is too large for seconds is in milliseconds. */
    private Instant time(String field) {
        JsonNode time = json.path(field);
        if (!time.canConvertToLong() || time.asLong() <= 0) {
            return null;
        }
        return time.asLong() > 100_000_000_000L
                ? Instant.ofEpochMilli(time.asLong())
                : Instant.ofEpochSecond(time.asLong());
    }

    /**
     * @param error without secrets
     */
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
