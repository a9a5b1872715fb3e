package io.github.camelgemini.image.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.secret.OutsideText;
import io.github.camelgemini.image.secret.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An HTTP error, or an error inside a successful answer, and the exception for it. Reads statuses and words that are
 * common to all services. The package of a service reads those that only it uses.
 *
 * <p>Understands {@code {"error":{…}}}, the same inside an array, errors without that envelope, and errors in OpenAI's
 * style ({@code error.type}, {@code error.code} as a word). Other bodies are used as plain text.
 */
public final class ErrorResponse {

    /** An error has some tens of values. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(20_000).build())
            .build());

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    /** Text before the JSON: a byte order mark, a prefix against execution in browsers, the field name of an event. */
    private static final Pattern PREAMBLE = Pattern.compile("^\\s*\\x{FEFF}?(\\)]}',?|data:)?");

    private final int status;
    private final JsonNode error;
    private final String message;
    private final Duration delay;

    private ErrorResponse(int status, JsonNode error, String message, Duration delay) {
        this.status = status;
        this.error = error;
        this.message = message;
        this.delay = delay;
    }

    /**
     * Reads an error response.
     *
     * @param status the HTTP status
     * @param body the body, already bounded in length; may be empty
     * @param retryAfter the value of the {@code Retry-After} header, or null
     */
    public static ErrorResponse read(int status, String body, String retryAfter) {
        return read(status, body, retryAfter, Clock.systemUTC());
    }

    static ErrorResponse read(int status, String text, String retryAfter, Clock clock) {
        String body = Secrets.redact(text);
        JsonNode root = JSON.missingNode();
        try {
            root = JSON.readTree(PREAMBLE.matcher(body).replaceFirst(""));
        } catch (JsonProcessingException e) {
            // Not JSON, such as the page of a proxy: the text itself becomes the message.
        }
        if (root.isArray()) {
            root = root.path(0);
        }
        JsonNode error = isSaid(root.path("error")) ? root.path("error") : root;
        String message =
                error.isTextual() ? error.asText() : error.path("message").asText("");
        return new ErrorResponse(status, error, message.isEmpty() ? body.strip() : message, delay(retryAfter, clock));
    }

    /**
     * Finds the error in an answer with a success status. Some gateways answer like this, and so does a stream that
     * fails.
     *
     * @param answer the whole answer, or one event of a stream
     * @param redaction removes credentials from a text
     * @param retryAfter the value of the {@code Retry-After} header, or null
     * @return empty when it contains none
     */
    public static Optional<ErrorResponse> within(JsonNode answer, UnaryOperator<String> redaction, String retryAfter) {
        JsonNode error = answer.path("error");
        if (isSaid(error)) {
            String body = JSON.createObjectNode().set("error", error).toString();
            return Optional.of(read(ErrorStatus.of(error), redaction.apply(body), retryAfter));
        }
        // From a gateway that answers with the error itself, or with only a flag beside it.
        boolean bare = answer.hasNonNull("message") && (error.asBoolean() || ErrorStatus.isError(answer));
        return bare
                ? Optional.of(read(ErrorStatus.of(answer), redaction.apply(answer.toString()), retryAfter))
                : Optional.empty();
    }

    private static boolean isSaid(JsonNode error) {
        return error.isTextual() ? !error.asText().isBlank() : error.isObject() && !error.isEmpty();
    }

    /** The HTTP status. For an error inside a successful answer, the status that its code or word corresponds to. */
    public int status() {
        return status;
    }

    /** The error itself, without its envelope; a missing node for a body that is not JSON. */
    public JsonNode error() {
        return error;
    }

    /** The message of the service, or the unchanged body if no message is found; may be empty. */
    public String message() {
        return message;
    }

    /** The status word, such as {@code RESOURCE_EXHAUSTED} or {@code invalid_api_key}; null when there is none. */
    public String statusWord() {
        for (String field : new String[] {"status", "type", "code"}) {
            if (error.path(field).isTextual()) {
                return error.path(field).asText();
            }
        }
        return null;
    }

    /**
     * The same error with a longer wait, if the service asks for one elsewhere than in its header. The wait is limited
     * to a day.
     */
    public ErrorResponse delayedBy(Duration asked) {
        Duration longer = asked.compareTo(delay) > 0 ? asked : delay;
        return new ErrorResponse(status, error, message, longer.compareTo(LONGEST_DELAY) < 0 ? longer : LONGEST_DELAY);
    }

    /** The beginning of a message: how the service answered, bounded in length. */
    public String told(ErrorContext context) {
        String shortened = OutsideText.of(message);
        String word = statusWord() == null ? "" : " " + OutsideText.word(statusWord());
        String about = context.about().isEmpty() ? "" : " " + context.about();
        return context.service() + " answered HTTP " + status + word + about
                + (shortened.isEmpty() ? "." : ": " + shortened);
    }

    /** What the service said, for an exception. */
    public ProviderError provider(ErrorContext context) {
        return new ProviderError(status, statusWord(), message, context.model());
    }

    /** The exception for this error. */
    public GeminiImageException toException(ErrorContext context) {
        String told = told(context);
        ProviderError provider = provider(context);
        if (ErrorStatus.isOutOfCredit(error) || status == 402) {
            return new QuotaExhaustedException(told, null, provider);
        }
        if (ErrorStatus.blockReason(error) != null) {
            return new PromptBlockedException(told, ErrorStatus.blockReason(error), provider);
        }
        if (status == 401) {
            return new AuthenticationException(told + context.whereTheKeyIs(), provider, null);
        }
        if (status == 403) {
            return new AuthenticationException(told, provider, null);
        }
        if (status == 404) {
            String hint =
                    context.successor() == null ? "" : " Successor in the model catalog: " + context.successor() + ".";
            return new ModelNotFoundException(told + hint, context.successor(), provider);
        }
        if (status == 429) {
            return new RateLimitException(told, delay, provider);
        }
        if (status == 408 || status == 499 || status >= 500) {
            return new ServiceUnavailableException(told, delay, provider, null);
        }
        if (status >= 300 && status < 400) {
            return new MalformedResponseException(
                    told + " Redirects are not followed, because they would carry the key. Check the option baseUrl.",
                    provider,
                    null);
        }
        return new InvalidRequestException(told, provider, null);
    }

    private static Duration delay(String retryAfter, Clock clock) {
        Duration asked = parse(retryAfter, clock);
        return asked.compareTo(LONGEST_DELAY) < 0 ? asked : LONGEST_DELAY;
    }

    private static Duration parse(String retryAfter, Clock clock) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        String value = retryAfter.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            Instant when = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            Duration until = Duration.between(clock.instant(), when);
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
