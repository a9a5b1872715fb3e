package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer with a status of success, in whichever form the server sent it, or the error that it holds all the same.
 *
 * @param answer with its pictures as payloads; null if there is an error
 * @param error null if there is an answer
 */
public record Received(JsonNode answer, ErrorResponse error) {

    /**
     * In one piece: an answer, or the array of chunks that {@code streamGenerateContent} sends without {@code alt=sse}.
     *
     * @param json its payloads are taken over
     * @param errors finds the error that an object holds
     * @throws IOException when chunks ended before the model had
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
     * The error of a stream comes as its last event, since its status was sent before. What comes after a picture takes
     * nothing away from it: it is complete and paid for, and another call would draw another one.
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
