package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.gemini.ThoughtSignatures;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.wire.Base64Body;
import io.github.camelgemini.emulator.wire.Streamed;
import java.time.Instant;
import java.util.List;

/** A request of the queue as JSON, at a point in time. */
final class RequestJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** When each status begins, as a fraction of the request's time. */
    private static final double DISPATCHED = 0.1;

    private static final double PROCESSING = 0.25;

    private final Job job;
    private final Instant now;
    private final String url;
    private final String org;

    /**
     * Describes a request.
     *
     * @param url of the service as the client knows it
     * @param org of the account
     */
    RequestJson(Job job, Instant now, String url, String org) {
        this.job = job;
        this.now = now;
        this.url = url;
        this.org = org;
    }

    /** In the words of the documents, and with a fault {@code created} and {@code dispatched}. */
    static String status(Job job, Instant now, Queueing habits) {
        return switch (job.outcome(now)) {
            case SUCCEEDED -> "success";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case PENDING -> {
                double share = job.share(now);
                if (share >= PROCESSING) {
                    yield "processing";
                }
                yield !habits.rareStatuses ? "queued" : share >= DISPATCHED ? "dispatched" : "created";
            }
        };
    }

    /** The answer to a submission. */
    ObjectNode submitted(Queueing habits) {
        Instant updated =
                job.end().filter(end -> !end.isAfter(now)).orElse(job.order().created());
        return NODES.objectNode()
                .put("request_id", job.id())
                .put("model", job.order().model())
                .put("status", status(job, now, habits))
                .put("created_at", job.order().created().getEpochSecond())
                .put("updated_at", updated.getEpochSecond())
                .put("queued_at", job.order().start().getEpochSecond());
    }

    /**
     * The whole request.
     *
     * @param inline pictures to put into the answer instead of their URLs; may be empty
     */
    ObjectNode full(Queueing habits, List<EncodedPicture> inline) {
        ObjectNode json = submitted(habits);
        json.put("org_id", org).put("is_public", false);
        json.set("payload", job.order().request());
        switch (job.outcome(now)) {
            case SUCCEEDED -> json.set("outcome", outcome(inline));
            case FAILED -> {
                String error = job.order().failure().orElse("");
                if (habits.errorInOutcome) {
                    json.putObject("outcome").put("error", error);
                } else {
                    json.putNull("outcome").put("error", error);
                }
            }
            case CANCELLED, PENDING -> json.putNull("outcome");
        }
        return json;
    }

    private ObjectNode outcome(List<EncodedPicture> inline) {
        Generation made = job.order().generation();
        ObjectNode outcome = NODES.objectNode();
        if (inline.isEmpty()) {
            ArrayNode urls = outcome.putArray("media_urls");
            for (String path : job.order().pictures()) {
                urls.addObject()
                        .put("id", Integer.toString(urls.size() - 1))
                        .put("url", made.pictureUrl == null ? made.queue.pictureHost(url) + path : made.pictureUrl);
            }
            outcome.put("thumbnail_image_url", url + job.order().pictures().get(0));
        } else {
            ArrayNode parts = outcome.putArray("candidates")
                    .addObject()
                    .putObject("content")
                    .put("role", "model")
                    .putArray("parts");
            for (EncodedPicture picture : inline) {
                Streamed data = () -> new Base64Body(made.bytes(picture), made.pictureBytes, made.base64);
                parts.addObject()
                        .putObject("inlineData")
                        .put("mimeType", made.declaredMimeType == null ? picture.mimeType() : made.declaredMimeType)
                        .putPOJO("data", data);
            }
        }
        outcome.set("next_turn_contents", nextTurn());
        return outcome;
    }

    /** The turns so far with the result, signed like Gemini 3 does. */
    private ArrayNode nextTurn() {
        ArrayNode turns = NODES.arrayNode();
        for (JsonNode turn : GmiRequest.turns(job.order().request())) {
            turns.add(turn);
        }
        ObjectNode model = turns.addObject().put("role", "model");
        ArrayNode parts = model.putArray("parts");
        for (String path : job.order().pictures()) {
            ObjectNode part = parts.addObject();
            part.putObject("fileData")
                    .put("mimeType", job.order().drawings().mimeType())
                    .put("fileUri", url + path);
            part.put(
                    "thoughtSignature",
                    ThoughtSignatures.issue(job.order().drawings().identity(), parts.size(), 0));
        }
        return turns;
    }
}
