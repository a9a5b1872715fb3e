package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an error of the Gemini API with its {@code google.rpc} details, as gateways also forward it. Other errors are
 * read by their status.
 */
public final class GeminiError {

    /** Daily quotas are reset at midnight in this zone (ai.google.dev/gemini-api/docs/rate-limits). */
    private static final ZoneId QUOTA_DAY = ZoneId.of("America/Los_Angeles");

    private static final Pattern RETRY_IN_TEXT = Pattern.compile("retry in (\\d+(?:\\.\\d+)?)(ms|s)");
    private static final Pattern SECONDS = Pattern.compile("(\\d+(?:\\.\\d+)?)s");

    private GeminiError() {}

    /** The exception for an error response. */
    public static GeminiImageException toException(ErrorResponse response, ErrorContext context) {
        return toException(response, context, Clock.systemUTC());
    }

    static GeminiImageException toException(ErrorResponse response, ErrorContext context, Clock clock) {
        if (response.status() == 400 && isKeyRefused(response)) {
            return new AuthenticationException(
                    response.told(context) + context.whereTheKeyIs(), response.provider(context), null);
        }
        if (response.status() == 429 && hasViolation(response, "quotaId", ".*PerDay.*")) {
            return new QuotaExhaustedException(
                    response.told(context),
                    LocalDate.now(clock.withZone(QUOTA_DAY))
                            .plusDays(1)
                            .atStartOfDay(QUOTA_DAY)
                            .toInstant(),
                    response.provider(context));
        }
        if (response.status() == 429
                && (response.message().contains("credits are depleted") || isLimitZero(response))) {
            return new QuotaExhaustedException(response.told(context), null, response.provider(context));
        }
        return response.delayedBy(inDetails(response))
                .delayedBy(inText(response))
                .toException(context);
    }

    private static boolean isKeyRefused(ErrorResponse response) {
        for (JsonNode detail : response.error().path("details")) {
            if ("API_KEY_INVALID".equals(detail.path("reason").asText())) {
                return true;
            }
        }
        return response.message().contains("API key not valid")
                || response.message().contains("API key expired");
    }

    /** A model that is available to paying accounts only. */
    private static boolean isLimitZero(ErrorResponse response) {
        return hasViolation(response, "quotaValue", "0")
                || response.message().contains("limit: 0,")
                || response.message().endsWith("limit: 0");
    }

    private static boolean hasViolation(ErrorResponse response, String field, String value) {
        for (JsonNode violation : detail(response, "QuotaFailure").path("violations")) {
            if (violation.path(field).asText().matches(value)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode detail(ErrorResponse response, String type) {
        for (JsonNode detail : response.error().path("details")) {
            if (detail.path("@type").asText().endsWith("." + type)) {
                return detail;
            }
        }
        return MissingNode.getInstance();
    }

    private static Duration inDetails(ErrorResponse response) {
        Matcher seconds =
                SECONDS.matcher(detail(response, "RetryInfo").path("retryDelay").asText());
        return seconds.matches() ? millis(seconds.group(1), 1_000) : Duration.ZERO;
    }

    private static Duration inText(ErrorResponse response) {
        Matcher text = RETRY_IN_TEXT.matcher(response.message().toLowerCase(Locale.ROOT));
        return text.find() ? millis(text.group(1), text.group(2).equals("ms") ? 1 : 1_000) : Duration.ZERO;
    }

    private static Duration millis(String number, int factor) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(number) * factor));
    }
}
