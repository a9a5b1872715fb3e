package io.github.camelgemini.emulator.google;

import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;

/** Reports errors in Google's words. */
final class GoogleErrors {

    private GoogleErrors() {}

    static ApiError of(Trouble trouble, ApiCall call) {
        return switch (trouble.kind()) {
            case RATE_LIMITED -> Quota.perMinute(call.model(), trouble.retryDelay());
            case RATE_LIMITED_WITHOUT_DETAILS -> Quota.withoutDetails();
            case DAILY_QUOTA -> Quota.perDay(call.model());
            case CREDITS_DEPLETED -> Quota.creditsDepleted();
            case OVERLOADED -> ApiError.of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case BAD_GATEWAY -> ApiError.of(502, "UNAVAILABLE", "Bad Gateway");
            case INTERNAL ->
                ApiError.of(
                        500,
                        "INTERNAL",
                        "An internal error has occurred. Please retry or report in"
                                + " https://developers.generativeai.google/guide/troubleshooting");
            case TIMEOUT -> ApiError.of(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
            case CANCELLED -> ApiError.of(499, "CANCELLED", "The operation was cancelled.");
            case INVALID_KEY -> ApiError.invalidKey();
            case MISSING_KEY -> ApiError.missingKey();
            case INVALID_TOKEN -> ApiError.invalidToken();
            case MODEL_NOT_FOUND -> ApiError.modelNotFound(call);
            case BILLING ->
                ApiError.of(
                        400,
                        "FAILED_PRECONDITION",
                        "Gemini API free tier is not available in your country. Please enable billing on your project"
                                + " in Google AI Studio.");
            case OTHER, OTHER_IN_LIST -> ApiError.of(trouble.code(), trouble.status(), trouble.message());
        };
    }
}
