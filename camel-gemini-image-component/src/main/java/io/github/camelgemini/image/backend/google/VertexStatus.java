package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.ErrorResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why Vertex AI has no answer to a request of a batch. Reads the text {@code status} of its line, which contains the
 * error of the API, as in {@code Bad Request: {"error": {"code": 400, …}}}.
 */
final class VertexStatus {

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*(\\d{3})");
    /** A server error, used if the status does not say who caused it. */
    private static final int UNKNOWN = 500;

    private VertexStatus() {}

    /** Empty for a line without a status. */
    static Optional<ErrorResponse> of(JsonNode line, UnaryOperator<String> redaction) {
        String status = line.path("status").isTextual() ? line.path("status").asText() : "";
        if (status.isBlank()) {
            return Optional.empty();
        }
        int json = status.indexOf('{');
        Matcher code = CODE.matcher(status);
        int http = code.find() ? Integer.parseInt(code.group(1)) : UNKNOWN;
        String body = redaction.apply(json < 0 ? status : status.substring(json));
        return Optional.of(ErrorResponse.read(http >= 400 && http < 600 ? http : UNKNOWN, body, null));
    }
}
