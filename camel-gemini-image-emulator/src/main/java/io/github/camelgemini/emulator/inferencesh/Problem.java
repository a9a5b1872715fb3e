package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.wire.JsonBody;
import java.util.Locale;

/**
 * An error of inference.sh, in the format of RFC 9457. Types, titles and statuses are from its documents. Those of 402,
 * 422, 499, 502, 503 and 504 are not documented, and follow the others.
 *
 * @param status the HTTP status
 * @param type the last segment of the URL that identifies the type
 * @param title of the type, for people
 * @param detail for people
 */
record Problem(int status, String type, String title, String detail) {

    static Problem invalid(String detail) {
        return new Problem(400, "invalid_request", "Bad Request", detail);
    }

    static Problem key() {
        return new Problem(401, "unauthorized", "Unauthorized", "Invalid or missing API key");
    }

    static Problem notFound(String what) {
        return new Problem(404, "not_found", "Not Found", what + " not found");
    }

    static Problem rateLimited() {
        return new Problem(429, "rate_limited", "Too Many Requests", "Rate limit exceeded");
    }

    static Problem of(Trouble trouble, String app) {
        return switch (trouble.kind()) {
            case RATE_LIMITED, RATE_LIMITED_WITHOUT_DETAILS, DAILY_QUOTA -> rateLimited();
            case CREDITS_DEPLETED, BILLING ->
                new Problem(402, "insufficient_credits", "Payment Required", "Insufficient credits");
            case OVERLOADED -> new Problem(503, "service_unavailable", "Service Unavailable", "Service unavailable");
            case BAD_GATEWAY -> new Problem(502, "bad_gateway", "Bad Gateway", "Bad gateway");
            case INTERNAL -> new Problem(500, "internal_error", "Internal Server Error", "Internal server error");
            case TIMEOUT -> new Problem(504, "gateway_timeout", "Gateway Timeout", "Gateway timeout");
            case CANCELLED -> new Problem(499, "cancelled", "Client Closed Request", "Request was cancelled");
            case INVALID_KEY, MISSING_KEY, INVALID_TOKEN -> key();
            case MODEL_NOT_FOUND -> notFound("app " + app);
            case OTHER, OTHER_IN_LIST ->
                new Problem(
                        trouble.code(), trouble.status().toLowerCase(Locale.ROOT), trouble.status(), trouble.message());
        };
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "https://api.inference.sh/errors/" + type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    Reply reply() {
        return new Reply(status, "application/problem+json", JsonBody.of(json()));
    }
}
