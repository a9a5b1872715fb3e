package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Trouble;

/**
 * An error of GMI. The service documents none. The format, and the texts of 402, 404 and 503, are from its clients.
 *
 * @param status the HTTP status
 * @param text for people
 */
record GmiError(int status, String text) {

    static GmiError invalid(String text) {
        return new GmiError(400, text);
    }

    static GmiError key() {
        return new GmiError(401, "Invalid API key");
    }

    static GmiError outOfCredits() {
        return new GmiError(402, "Insufficient credits. Please top up your account and try again.");
    }

    static GmiError modelNotFound(String model) {
        return new GmiError(404, "model " + model + " does not exist");
    }

    static GmiError notFound(String what) {
        return new GmiError(404, what + " not found");
    }

    static GmiError of(Trouble trouble, String model) {
        return switch (trouble.kind()) {
            case RATE_LIMITED, RATE_LIMITED_WITHOUT_DETAILS, DAILY_QUOTA -> new GmiError(429, "Rate limit exceeded");
            case CREDITS_DEPLETED, BILLING -> outOfCredits();
            case OVERLOADED -> new GmiError(503, "Upstream capacity temporarily exhausted");
            case BAD_GATEWAY -> new GmiError(502, "Bad gateway");
            case INTERNAL -> new GmiError(500, "Internal server error");
            case TIMEOUT -> new GmiError(504, "Gateway timeout");
            case CANCELLED -> new GmiError(499, "Request was cancelled");
            case INVALID_KEY, MISSING_KEY, INVALID_TOKEN -> key();
            case MODEL_NOT_FOUND -> modelNotFound(model);
            case OTHER, OTHER_IN_LIST -> new GmiError(trouble.code(), trouble.message());
        };
    }

    Reply reply() {
        return Reply.json(status, JsonNodeFactory.instance.objectNode().put("error", text));
    }
}
