package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.gemini.ApiError;
import java.math.BigDecimal;
import java.time.Duration;

/** The API's errors with status 429, as in live calls. */
final class Quota {

    private static final String METRIC = "generativelanguage.googleapis.com/generate_requests_per_model";
    private static final String EXCEEDED =
            "You exceeded your current quota, please check your plan and billing details."
                    + " For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.";

    private Quota() {}

    static ApiError perMinute(String model, Duration retryDelay) {
        String message = EXCEEDED + "\n* Quota exceeded for metric: " + METRIC + ", limit: 500, model: " + model
                + "\nPlease retry in " + seconds(retryDelay) + ".";
        return exhausted(message)
                .with(help())
                .with(failure("GenerateRequestsPerMinutePerProjectPerModel", model, "500"))
                .with(ApiError.detail("RetryInfo").put("retryDelay", seconds(retryDelay)));
    }

    static ApiError perDay(String model) {
        String message = EXCEEDED + "\n* Quota exceeded for metric: " + METRIC + ", limit: 0, model: " + model;
        return exhausted(message)
                .with(help())
                .with(failure("GenerateRequestsPerDayPerProjectPerModel-FreeTier", model, "0"));
    }

    static ApiError creditsDepleted() {
        return exhausted("Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to"
                + " manage your project and billing.");
    }

    static ApiError withoutDetails() {
        return exhausted("Resource has been exhausted (e.g. check quota).");
    }

    private static ApiError exhausted(String message) {
        return ApiError.of(429, "RESOURCE_EXHAUSTED", message);
    }

    private static ObjectNode help() {
        ObjectNode help = ApiError.detail("Help");
        help.putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
        return help;
    }

    private static ObjectNode failure(String quotaId, String model, String value) {
        ObjectNode failure = ApiError.detail("QuotaFailure");
        ObjectNode violation = failure.putArray("violations").addObject();
        violation.put("quotaMetric", METRIC).put("quotaId", quotaId);
        violation.putObject("quotaDimensions").put("model", model).put("location", "global");
        violation.put("quotaValue", value);
        return failure;
    }

    /** A duration in protobuf's format: seconds, with a fraction only if there is one. */
    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }
}
