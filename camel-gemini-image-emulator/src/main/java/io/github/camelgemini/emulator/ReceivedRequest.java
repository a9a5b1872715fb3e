package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived, without large pictures.
 *
 * @param service whose URL was called
 * @param receivedAt when its body was complete
 * @param method the HTTP method
 * @param path the path as sent, without the query
 * @param query the query's parameters, decoded
 * @param headers by name, in any case
 * @param operation {@code generateContent}, {@code streamGenerateContent}, {@code countTokens}, {@code models.get},
 *     {@code models.list}, {@code files.create} (begin of an upload), {@code files.upload} (its bytes), {@code
 *     files.get}, {@code files.list}, {@code files.delete}, {@code pictures.get} (a picture by the URL in an answer).
 *     The page Testing lists those of other services, such as {@code tasks.get}. Empty when the API has no such URL
 * @param model the model's id without {@code models/}; empty when the URL names none
 * @param body the JSON with field names as sent; inline data of more than 1,000 bytes is replaced by a text with its
 *     length and SHA-256; a missing node when there was no JSON
 * @param prompt all texts of the last turn, one a line
 * @param pictures the inline pictures of all turns, in order; for {@code files.upload} the uploaded bytes
 */
public record ReceivedRequest(
        EmulatedService service,
        Instant receivedAt,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String operation,
        String model,
        JsonNode body,
        String prompt,
        List<ReceivedPicture> pictures) {

    /** The first value of a header; its name in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a query parameter. */
    public Optional<String> queryParameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The API key, from the header {@code x-goog-api-key} or the query parameter {@code key}. */
    public Optional<String> apiKey() {
        return header("x-goog-api-key").or(() -> queryParameter("key")).filter(key -> !key.isBlank());
    }

    /** The token in the header {@code Authorization: Bearer}. */
    public Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty());
    }
}
