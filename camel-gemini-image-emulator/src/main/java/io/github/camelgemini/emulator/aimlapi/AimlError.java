package io.github.camelgemini.emulator.aimlapi;

import io.github.camelgemini.emulator.api.Trouble;

/**
 * An error of AI/ML API. The texts are from its pages on errors 4xx and 5xx, read on 2026-11-27. Those of 404, 499 and
 * 502 are not documented.
 *
 * @param status the HTTP status
 * @param message for people
 */
record AimlError(int status, String message) {

    static AimlError validation(String lines) {
        return new AimlError(400, "Body validation error\n" + lines);
    }

    static AimlError key() {
        return new AimlError(
                401,
                "This request requires a valid API key. You can create a new API key on the Billing page:"
                        + " https://aimlapi.com/app/keys");
    }

    static AimlError outOfCredits() {
        return new AimlError(
                403,
                "You've run out of credits. Please top up your balance or update your payment method to continue:"
                        + " https://aimlapi.com/app/billing/");
    }

    static AimlError noSuchUrl(String method, String path) {
        return new AimlError(404, "Cannot " + method + " " + path);
    }

    static AimlError modelNotFound(String model) {
        return new AimlError(404, "Model " + model + " not found");
    }

    static AimlError of(Trouble trouble, String model) {
        return switch (trouble.kind()) {
            case RATE_LIMITED, RATE_LIMITED_WITHOUT_DETAILS, DAILY_QUOTA -> new AimlError(429, "Too Many Requests");
            case CREDITS_DEPLETED, BILLING -> outOfCredits();
            case OVERLOADED -> new AimlError(503, "Service unavailable");
            case BAD_GATEWAY -> new AimlError(502, "Bad Gateway");
            case INTERNAL -> new AimlError(500, "Internal server error");
            case TIMEOUT -> new AimlError(504, "Generation timeout");
            case CANCELLED -> new AimlError(499, "Client Closed Request");
            case INVALID_KEY, MISSING_KEY, INVALID_TOKEN -> key();
            case MODEL_NOT_FOUND -> modelNotFound(model);
            case OTHER, OTHER_IN_LIST -> new AimlError(trouble.code(), trouble.message());
        };
    }
}
