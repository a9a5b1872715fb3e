package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.gemini.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch. Its state only depends on the time, and on whether it was cancelled.
 *
 * @param id without {@code batches/}
 * @param displayName may be empty
 * @param call that created it
 * @param source its requests
 * @param inline whether it contains its results, instead of a file
 * @param created by the clock of the emulator
 * @param time how long it takes; empty when it never ends
 * @param generation the changes of faults
 * @param webhooks who is informed of its end
 */
record Batch(
        String id,
        String displayName,
        ApiCall call,
        BatchSource source,
        boolean inline,
        Instant created,
        Optional<Duration> time,
        Generation generation,
        BatchWebhooks.Asked webhooks) {

    enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        EXPIRED;

        boolean isDone() {
            return this != PENDING && this != RUNNING;
        }
    }

    /** Its state unless it was cancelled. */
    State state(Instant now) {
        Optional<Instant> end = end();
        if (end.isPresent() && !now.isBefore(end.get())) {
            return generation.queue.expires
                    ? State.EXPIRED
                    : generation.queue.failure != null ? State.FAILED : State.SUCCEEDED;
        }
        Duration pending = time.orElse(Duration.ofSeconds(1)).dividedBy(4);
        return now.isBefore(created.plus(pending)) ? State.PENDING : State.RUNNING;
    }

    Optional<Instant> end() {
        return time.map(created::plus);
    }

    /** Whether it names its results. */
    boolean hasResults(State state, Instant now) {
        return state == State.SUCCEEDED
                && Duration.between(end().orElse(now), now).compareTo(generation.queue.resultsDelay) >= 0;
    }

    String resultFile() {
        return "batch-" + id;
    }

    /** The batch as the API describes it, without results. */
    ObjectNode toJson(State state, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", "batches/" + id);
        ObjectNode facts = json.putObject("metadata")
                .put("@type", "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch")
                .put("model", "models/" + call.model());
        if (!displayName.isEmpty()) {
            facts.put("displayName", displayName);
        }
        facts.put("state", "BATCH_STATE_" + state).put("createTime", created.toString());
        facts.put("updateTime", now.toString());
        int failed = generation.queue.failing.size();
        ObjectNode stats = facts.putObject("batchStats").put("requestCount", Integer.toString(source.count()));
        if (state == State.SUCCEEDED) {
            stats.put("successfulRequestCount", Integer.toString(source.count() - failed));
            stats.put("failedRequestCount", Integer.toString(failed));
        } else {
            stats.put("pendingRequestCount", Integer.toString(source.count()));
        }
        if (state.isDone()) {
            facts.put(
                    "endTime",
                    end().filter(end -> end.isBefore(now)).orElse(now).toString());
            json.put("done", true);
        }
        if (hasResults(state, now) && !inline) {
            facts.putObject("output").put("responsesFile", "files/" + resultFile());
            json.putObject("response").put("responsesFile", "files/" + resultFile());
        }
        if (state == State.FAILED) {
            json.putObject("error").put("code", 13).put("message", generation.queue.failure);
        }
        return json;
    }
}
