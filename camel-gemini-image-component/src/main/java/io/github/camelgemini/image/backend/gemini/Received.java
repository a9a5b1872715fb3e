package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer with a success status, in any of the forms that servers send, or the error that it contains.
 *
 * @param answer with its pictures as payloads; null if there is an error
 * @param error null if there is an answer
 */
public record Received(JsonNode answer, ErrorResponse error) {

    /**
     * Reads one object, or the array of chunks that {@code streamGenerateContent} sends without {@code alt=sse}.
     *
     * @param json its payloads belong to the result
     * @param errors finds the error in an object
     * @throws IOException when the chunks end before the answer is complete
     */
    static Received whole(JsonNode json, Function<JsonNode, Optional<ErrorResponse>> errors) throws IOException {
        try {
            if (json.isArray() && json.size() > 1) {
                StreamedAnswer streamed = new StreamedAnswer();
                json.forEach(streamed::add);
                return streamed(streamed, errors);
            }
            JsonNode answer = AnswerParts.unwrapped(json.isArray() ? json.path(0) : json);
            Optional<ErrorResponse> error = AnswerParts.hasPicture(answer) ? Optional.empty() : errors.apply(answer);
            if (error.isEmpty()) {
                return new Received(answer, null);
            }
            ResponseJson.discard(json);
            return new Received(null, error.get());
        } catch (IOException | RuntimeException e) {
            ResponseJson.discard(json);
            throw e;
        }
    }

    /**
     * Reads a stream. An error comes as its last event, since the status was sent before. An error after a picture is
     * ignored: the picture is complete and billed, and another call would be billed again.
     */
    static Received streamed(StreamedAnswer chunks, Function<JsonNode, Optional<ErrorResponse>> errors)
            throws IOException {
        Optional<ErrorResponse> error =
                chunks.hasPicture() ? Optional.empty() : errors.apply(chunks.withoutCandidates());
        if (error.isEmpty()) {
            return new Received(chunks.whole(), null);
        }
        chunks.discard();
        return new Received(null, error.get());
    }
}
