package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A batch job of Vertex AI.
 *
 * @param name from {@code projects/} on
 * @param batch with its requests
 * @param asked the body of the call that created it
 * @param bucket for its results
 * @param folder in the bucket, with a slash at the end if it is not empty
 */
record VertexJob(String name, Batch batch, JsonNode asked, String bucket, String folder) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    String displayName() {
        return batch.displayName();
    }

    /** The folder of its results, in the bucket. */
    String output() {
        return folder + "prediction-" + batch.call().model() + "-" + TIME.format(batch.created());
    }

    /** The object with the results. */
    String predictions() {
        return output() + "/predictions.jsonl";
    }

    /** The job as the API describes it. */
    ObjectNode toJson(Batch.State state, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("displayName", batch.displayName())
                .put("model", "publishers/google/models/" + batch.call().model());
        json.set("inputConfig", asked.path("inputConfig"));
        json.putObject("modelParameters");
        json.set("outputConfig", asked.path("outputConfig"));
        if (asked.path("labels").isObject()) {
            json.set("labels", asked.path("labels"));
        }
        json.put("state", "JOB_STATE_" + state)
                .put("createTime", batch.created().toString())
                .put("updateTime", now.toString())
                .put("modelVersionId", "1");
        if (state != Batch.State.PENDING) {
            json.put("startTime", batch.created().toString());
        }
        if (state.isDone()) {
            Instant end = batch.end().filter(time -> time.isBefore(now)).orElse(now);
            json.put("endTime", end.toString());
            complete(json, state, now);
        }
        return json;
    }

    private void complete(ObjectNode json, Batch.State state, Instant now) {
        int failed = batch.generation().queue.failing.size();
        int count = batch.source().count();
        ObjectNode stats = json.putObject("completionStats");
        if (state == Batch.State.SUCCEEDED) {
            stats.put("successfulCount", Integer.toString(count - failed));
            if (failed > 0) {
                stats.put("failedCount", Integer.toString(failed));
            }
            if (batch.hasResults(state, now)) {
                json.putObject("outputInfo").put("gcsOutputDirectory", "gs://" + bucket + "/" + output());
            }
        } else {
            stats.put("incompleteCount", Integer.toString(count));
        }
        if (state == Batch.State.FAILED) {
            json.putObject("error").put("code", 3).put("message", batch.generation().queue.failure);
        }
    }
}
