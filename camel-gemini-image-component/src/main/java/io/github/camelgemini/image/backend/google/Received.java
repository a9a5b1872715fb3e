package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An answer with a status of success, in any of the forms in which servers send it, {@code →} what the {@link Transfer} is told:
 * the answer, or the error that it holds all the same.
 *
 * @param tier the tier that served it by its header, or null
 * @param retryAfter the value of its header, or null
 * @param redaction takes credentials out of errors
 * @param transfer that is told
 */
record Received(String tier, String retryAfter, UnaryOperator<String> redaction, Transfer transfer) {

    /**
     * In one piece: an answer, or the array of chunks that {@code streamGenerateContent} sends without {@code alt=sse}.
     *
     * @param json its payloads are taken over
     */
    void whole(JsonNode json) throws IOException {
        boolean chunks = json.isArray() && json.size() > 1;
        JsonNode answer = json.isArray() ? json.path(0) : json;
        answer = unwrapped(answer);
        try {
            if (chunks) {
                StreamedAnswer streamed = new StreamedAnswer();
                json.forEach(streamed::add);
                streamed(streamed);
            } else if (hasPicture(answer) || !refused(answer)) {
                transfer.answered(answer, tier);
            } else {
                ResponseJson.discard(json);
            }
        } catch (IOException | RuntimeException e) {
            ResponseJson.discard(json);
            throw e;
        }
    }

    /** Without the envelope of gateways in front of Google's own code assistant, in which an answer or each of its chunks is. */
    static JsonNode unwrapped(JsonNode answer) {
        return answer.path("response").isObject() ? answer.path("response") : answer;
    }

    /**
     * The error of a stream comes as its last event, since its status was sent before. What comes after a picture takes
     * nothing away from it: it is complete and paid for, and another call would draw another one.
     */
    void streamed(StreamedAnswer chunks) throws IOException {
        if (chunks.hasPicture() || !refused(chunks.withoutCandidates())) {
            transfer.answered(chunks.whole(), tier);
        } else {
            chunks.discard();
        }
    }

    private boolean refused(JsonNode answer) {
        Optional<ErrorResponse> error = ErrorResponse.within(answer, redaction, retryAfter);
        error.ifPresent(transfer::refused);
        return error.isPresent();
    }

    private static boolean hasPicture(JsonNode answer) {
        for (JsonNode candidate : answer.path("candidates")) {
            for (JsonNode part : candidate.path("content").path("parts")) {
                if (isPicture(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a part is a picture of a known type; those that belong to thoughts have lost their bytes. */
    static boolean isPicture(JsonNode part) {
        return part.path("inlineData").path("data") instanceof POJONode data
                && data.getPojo() instanceof Payload bytes
                && ImageInfo.read(bytes).isPresent();
    }
}
