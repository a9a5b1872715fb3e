package io.github.camelgemini.image.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP answer that is not 2xx, or an error within one that is, and the exception that it becomes.
 *
 * <p>Understands Google's {@code {"error":{…}}} with its {@code google.rpc} details, the same wrapped in an array, the
 * OpenAI style of gateways ({@code error.type}, {@code error.code} as a word), and bodies that are no JSON at all.
 */
public final class ErrorResponse {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    private static final ZoneId QUOTA_DAY = ZoneId.of("America/Los_Angeles");
    /** Before the JSON: a byte order mark, what keeps browsers from running it, the field of an event. */
    private static final Pattern PREAMBLE = Pattern.compile("^\\s*\\x{FEFF}?(\\)]}',?|data:)?");

    private static final Pattern RETRY_IN_TEXT = Pattern.compile("retry in (\\d+(?:\\.\\d+)?)(ms|s)");
    private static final Pattern SECONDS = Pattern.compile("(\\d+(?:\\.\\d+)?)s");

    private final int status;
    private final JsonNode error;
    private final String message;
    private final String retryAfter;
    private final Clock clock;

    private ErrorResponse(int status, JsonNode error, String message, String retryAfter, Clock clock) {
        this.status = status;
        this.error = error;
        this.message = message;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /**
     * Reads an answer.
     *
     * @param status the HTTP status
     * @param body the body, already bounded in length and free of credentials; may be empty
     * @param retryAfter the value of the {@code Retry-After} header, or null
     */
    public static ErrorResponse read(int status, String body, String retryAfter) {
        return read(status, body, retryAfter, Clock.systemUTC());
    }

    static ErrorResponse read(int status, String body, String retryAfter, Clock clock) {
        JsonNode root = JSON.missingNode();
        try {
            root = JSON.readTree(PREAMBLE.matcher(body).replaceFirst(""));
        } catch (JsonProcessingException e) {
            // Not JSON, such as a proxy's page: the text itself is all there is to tell.
        }
        if (root.isArray()) {
            root = root.path(0);
        }
        JsonNode error = isSaid(root.path("error")) ? root.path("error") : root;
        String message =
                error.isTextual() ? error.asText() : error.path("message").asText("");
        return new ErrorResponse(status, error, message.isEmpty() ? body.strip() : message, retryAfter, clock);
    }

    /**
     * The error that an answer holds although its status is 2xx: as some gateways answer, and as a stream ends that fails.
     *
     * @param answer the whole answer, or one event of a stream
     * @param redaction takes credentials out of a text
     * @param retryAfter the value of the {@code Retry-After} header, or null
     * @return empty when it holds none
     */
    public static Optional<ErrorResponse> within(JsonNode answer, UnaryOperator<String> redaction, String retryAfter) {
        JsonNode error = answer.path("error");
        if (isSaid(error)) {
            String body = JSON.createObjectNode().set("error", error).toString();
            return Optional.of(read(ErrorStatus.of(error), redaction.apply(body), retryAfter));
        }
        // Of a gateway that answers with the error itself, or with a mere flag beside it.
        boolean bare = answer.hasNonNull("message") && (error.asBoolean() || ErrorStatus.isError(answer));
        return bare
                ? Optional.of(read(ErrorStatus.of(answer), redaction.apply(answer.toString()), retryAfter))
                : Optional.empty();
    }

    private static boolean isSaid(JsonNode error) {
        return error.isTextual() ? !error.asText().isBlank() : error.isObject() && !error.isEmpty();
    }

    /**
     * The exception for this answer.
     *
     * @param model the model that was asked
     * @param successor the model that took its place, if the catalog knows one, else null
     */
    public GeminiImageException toException(String model, String successor) {
        ProviderError provider = new ProviderError(status, statusWord(), message, model);
        return toException("for model " + model, successor, provider);
    }

    /** The exception for this answer, when it was to the upload of a reference picture. */
    public GeminiImageException toUploadException() {
        ProviderError provider = new ProviderError(status, statusWord(), message, null);
        String what = "to the upload of a reference picture";
        return status == 404
                ? new InvalidRequestException(
                        told(what) + " A server without Files API needs referenceUpload=INLINE.", provider, null)
                : toException(what, null, provider);
    }

    private GeminiImageException toException(String what, String successor, ProviderError provider) {
        String told = told(what);
        if (status == 400 && isKeyRefused()) {
            return new AuthenticationException(
                    told + " Check the option apiKey, or the environment variable GOOGLE_API_KEY or GEMINI_API_KEY.",
                    provider,
                    null);
        }
        if (status == 403 && message.contains("access the File")) {
            return new ReferenceImageException(
                    told + " Files of the Files API are there for 48 hours, for the project that uploaded them.",
                    provider,
                    null);
        }
        if (status == 401 || status == 403) {
            return new AuthenticationException(told, provider, null);
        }
        if ("FAILED_PRECONDITION".equals(statusWord())) {
            return preconditionFailed(told, provider);
        }
        if (status == 404) {
            String hint = successor == null ? "" : " The model catalog names its successor: " + successor + ".";
            return new ModelNotFoundException(told + hint, successor, provider);
        }
        if (status == 402) {
            return new QuotaExhaustedException(told, null, provider);
        }
        if (status == 429) {
            return tooMany(told, provider);
        }
        if (status == 408 || status == 499 || status >= 500) {
            return new ServiceUnavailableException(told, retryDelay(), provider, null);
        }
        if (status >= 300 && status < 400) {
            return new MalformedResponseException(
                    told + " Redirects are not followed, since the key would go with them: check the option baseUrl.",
                    provider,
                    null);
        }
        return new InvalidRequestException(told, provider, null);
    }

    /** One status for what has to be in order beforehand: the account, the place of the caller, the files of the request. */
    private GeminiImageException preconditionFailed(String told, ProviderError provider) {
        if (message.contains("ACTIVE state")) {
            return new ReferenceImageException(
                    told + " Name a file only when the Files API says that it is ACTIVE.", provider, null);
        }
        if (message.contains("location is not supported")) {
            return new AuthenticationException(
                    told + " The Developer API is not offered where this machine is; Vertex AI may be, see the option"
                            + " vertexAi.",
                    provider,
                    null);
        }
        return message.toLowerCase(Locale.ROOT).contains("billing")
                ? new AuthenticationException(told, provider, null)
                : new InvalidRequestException(told, provider, null);
    }

    private GeminiImageException tooMany(String told, ProviderError provider) {
        if (isDailyQuota()) {
            ZonedDateTime midnight = ZonedDateTime.now(clock.withZone(QUOTA_DAY))
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(QUOTA_DAY);
            return new QuotaExhaustedException(told, midnight.toInstant(), provider);
        }
        if (message.contains("credits are depleted") || isLimitZero()) {
            return new QuotaExhaustedException(told, null, provider);
        }
        return new RateLimitException(told, retryDelay(), provider);
    }

    private String told(String what) {
        String shortened = Excerpt.of(message);
        String word = statusWord() == null ? "" : " " + Excerpt.of(statusWord());
        return "The API answered HTTP " + status + word + " " + what + (shortened.isEmpty() ? "." : ": " + shortened);
    }

    private String statusWord() {
        for (String field : new String[] {"status", "type", "code"}) {
            if (error.path(field).isTextual()) {
                return error.path(field).asText();
            }
        }
        return null;
    }

    private boolean isKeyRefused() {
        for (JsonNode detail : error.path("details")) {
            if ("API_KEY_INVALID".equals(detail.path("reason").asText())) {
                return true;
            }
        }
        return message.contains("API key not valid") || message.contains("API key expired");
    }

    private boolean isDailyQuota() {
        for (JsonNode violation : detail("QuotaFailure").path("violations")) {
            if (violation.path("quotaId").asText().contains("PerDay")) {
                return true;
            }
        }
        return false;
    }

    private boolean isLimitZero() {
        for (JsonNode violation : detail("QuotaFailure").path("violations")) {
            if ("0".equals(violation.path("quotaValue").asText())) {
                return true;
            }
        }
        return message.contains("limit: 0,") || message.endsWith("limit: 0");
    }

    private JsonNode detail(String type) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText().endsWith("." + type)) {
                return detail;
            }
        }
        return JSON.missingNode();
    }

    /** The longest of what RetryInfo, the message text and Retry-After ask for, up to a day, which is as good as never. */
    private Duration retryDelay() {
        Duration delay = parseSeconds(
                SECONDS.matcher(detail("RetryInfo").path("retryDelay").asText()), true);
        delay = longer(delay, parseSeconds(RETRY_IN_TEXT.matcher(message.toLowerCase(Locale.ROOT)), false));
        delay = longer(delay, parseRetryAfter());
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    private Duration parseRetryAfter() {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        String value = retryAfter.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            Instant when = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return longer(Duration.ZERO, Duration.between(clock.instant(), when));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    private static Duration parseSeconds(Matcher matcher, boolean whole) {
        if (!(whole ? matcher.matches() : matcher.find())) {
            return Duration.ZERO;
        }
        double value = Double.parseDouble(matcher.group(1));
        boolean isMillis = matcher.groupCount() > 1 && "ms".equals(matcher.group(2));
        return Duration.ofMillis((long) Math.ceil(isMillis ? value : value * 1_000));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
