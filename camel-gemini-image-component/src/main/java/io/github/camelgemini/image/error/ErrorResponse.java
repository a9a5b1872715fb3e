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
 * An HTTP answer that is not 2xx, or an error within one that is, and the exception that it becomes by what everybody's statuses
 * and words mean. What only one service means by its own is read in its package.
 *
 * <p>Understands {@code {"error":{…}}}, the same wrapped in an array, errors without that envelope, words of OpenAI's style
 * ({@code error.type}, {@code error.code} as a word), and bodies that are no JSON at all.
 */
public final class ErrorResponse {

    /** An error has some tens of values. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(20_000).build())
            .build());

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    /** Before the JSON: a byte order mark, what keeps browsers from running it, the field of an event. */
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
     * Reads an answer.
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
            // Not JSON, such as a proxy's page: the text itself is all there is to tell.
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

    /** The HTTP status, or what a status it would be by the words of an error within an answer. */
    public int status() {
        return status;
    }

    /** The error itself, without its envelope; missing for a body that is no JSON. */
    public JsonNode error() {
        return error;
    }

    /** What the service says, or the body as it is where it says nothing that is known; may be empty. */
    public String message() {
        return message;
    }

    /** The word for what went wrong, such as {@code RESOURCE_EXHAUSTED} or {@code invalid_api_key}; null when there is none. */
    public String statusWord() {
        for (String field : new String[] {"status", "type", "code"}) {
            if (error.path(field).isTextual()) {
                return error.path(field).asText();
            }
        }
        return null;
    }

    /** The same where the service asks for a longer wait than its header says; up to a day, which is as good as never. */
    public ErrorResponse delayedBy(Duration asked) {
        Duration longer = asked.compareTo(delay) > 0 ? asked : delay;
        return new ErrorResponse(status, error, message, longer.compareTo(LONGEST_DELAY) < 0 ? longer : LONGEST_DELAY);
    }

    /** What a sentence begins with that says how the service answered, bounded. */
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

    /** The exception for this answer. */
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
