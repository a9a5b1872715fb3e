package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;

/** Reads the parts of an answer, or of a chunk of a streamed answer. */
final class AnswerParts {

    private AnswerParts() {}

    /** Removes the envelope that gateways for Google's code assistant put around an answer or each of its chunks. */
    static JsonNode unwrapped(JsonNode answer) {
        return answer.path("response").isObject() ? answer.path("response") : answer;
    }

    /** Whether any candidate has one. */
    static boolean hasPicture(JsonNode answer) {
        for (JsonNode candidate : answer.path("candidates")) {
            for (JsonNode part : candidate.path("content").path("parts")) {
                if (isPicture(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a part is a picture of a known type. Pictures of thoughts have no bytes any more. */
    static boolean isPicture(JsonNode part) {
        return part.path("inlineData").path("data") instanceof POJONode data
                && data.getPojo() instanceof Payload bytes
                && ImageInfo.read(bytes).isPresent();
    }
}
