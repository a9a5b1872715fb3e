package io.github.camelgemini.emulator.anyfast;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Trouble;
import java.time.Duration;

/**
 * An error of AnyFast, in OpenAI's format. The format, the statuses 400 and 401, and the text for an invalid key are
 * documented. The rest follows OpenAI's errors.
 *
 * @param status the HTTP status
 * @param type the type of the error
 * @param code its code
 * @param message for people
 */
record AnyfastError(int status, String type, String code, String message) {

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String SERVER_ERROR = "server_error";
    private static final String EXHAUSTED =
            "You exceeded your current quota, please check your plan and billing details.";

    static AnyfastError invalidRequest(String message) {
        return new AnyfastError(400, INVALID_REQUEST, "invalid_request", message);
    }

    static AnyfastError invalidKey() {
        return new AnyfastError(401, "authentication_error", "invalid_api_key", "Invalid API key provided.");
    }

    static AnyfastError missingKey() {
        return new AnyfastError(401, "authentication_error", "missing_api_key", "No API key provided.");
    }

    static AnyfastError noStreaming() {
        return new AnyfastError(
                403,
                "permission_error",
                "group_not_supported",
                "Streaming needs a token of the group Direct; this one is of another group.");
    }

    static AnyfastError modelNotFound(String model) {
        return new AnyfastError(404, INVALID_REQUEST, "model_not_found", "The model '" + model + "' does not exist.");
    }

    static AnyfastError noSuchUrl(String method, String path) {
        return new AnyfastError(404, INVALID_REQUEST, "not_found", "Invalid URL (" + method + " " + path + ")");
    }

    static AnyfastError overloaded() {
        return new AnyfastError(
                503, SERVER_ERROR, "service_unavailable", "The service is overloaded, try again later.");
    }

    static AnyfastError of(Trouble trouble, String model) {
        return switch (trouble.kind()) {
            case RATE_LIMITED, RATE_LIMITED_WITHOUT_DETAILS ->
                new AnyfastError(
                        429, "rate_limit_error", "rate_limit_exceeded", "Rate limit exceeded, try again later.");
            case DAILY_QUOTA, CREDITS_DEPLETED ->
                new AnyfastError(429, "insufficient_quota", "insufficient_quota", EXHAUSTED);
            case OVERLOADED -> overloaded();
            case BAD_GATEWAY -> new AnyfastError(502, SERVER_ERROR, "bad_gateway", "The model could not be reached.");
            case INTERNAL -> new AnyfastError(500, SERVER_ERROR, "internal_error", "An internal error has occurred.");
            case TIMEOUT -> new AnyfastError(504, SERVER_ERROR, "timeout", "The model did not answer in time.");
            case CANCELLED -> new AnyfastError(499, INVALID_REQUEST, "cancelled", "The request was cancelled.");
            case INVALID_KEY, INVALID_TOKEN -> invalidKey();
            case MISSING_KEY -> missingKey();
            case MODEL_NOT_FOUND -> modelNotFound(model);
            case BILLING ->
                new AnyfastError(
                        403, "permission_error", "billing_not_active", "Your account is not active, check billing.");
            case OTHER, OTHER_IN_LIST ->
                new AnyfastError(
                        trouble.code(),
                        trouble.code() < 500 ? INVALID_REQUEST : SERVER_ERROR,
                        trouble.status(),
                        trouble.message());
        };
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("message", message).put("type", type).put("code", code);
        return json;
    }

    Reply reply() {
        return Reply.json(status, toJson());
    }

    /** The header for the retry delay is not documented; OpenAI uses this one. */
    Reply reply(Duration retryDelay) {
        return retryDelay.isZero()
                ? reply()
                : reply().withHeader(
                                "Retry-After",
                                Long.toString(retryDelay.plusMillis(999).toSeconds()));
    }
}
