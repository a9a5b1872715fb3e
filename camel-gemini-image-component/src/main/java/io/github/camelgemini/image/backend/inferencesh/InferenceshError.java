package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.RateLimitException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An error of inference.sh, in one of three forms: {@code application/problem+json}, the {@code errors} of status 412
 * about the account, or the {@code messages} of its envelope.
 */
record InferenceshError(ErrorResponse error, Duration reset, ErrorContext about) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The account lacks a secret, an integration or a scope. */
    private static final int NOT_SATISFIED = 412;
    /** The service's own provider has no quota left, as users report, or the input is invalid. */
    private static final int UPSTREAM = 422;

    private static final int TOO_MANY_REQUESTS = 429;

    static InferenceshError of(HttpAnswer answer, HttpCalls calls, ErrorContext about) throws IOException {
        String text = calls.redact(answer.text());
        ErrorResponse error = ErrorResponse.read(answer.status(), readable(text), answer.header("Retry-After"));
        return new InferenceshError(error, reset(answer), about);
    }

    /** An error in an answer with a success status, in the oldest envelope. */
    static InferenceshError within(JsonNode json, HttpCalls calls, ErrorContext about) {
        int status = json.path("status").asInt(500);
        return new InferenceshError(
                ErrorResponse.read(status < 400 ? 500 : status, readable(calls.redact(json.toString())), null),
                Duration.ZERO,
                about);
    }

    /** {@code X-RateLimit-Reset} is a time in seconds, or a number of seconds. */
    private static Duration reset(HttpAnswer answer) {
        String text = answer.header("X-RateLimit-Reset");
        if (text == null || !text.strip().matches("\\d{1,12}")) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(text.strip());
        long now = Instant.now().getEpochSecond();
        return Duration.ofSeconds(number > now / 2 ? Math.max(0, number - now) : number);
    }

    /** The text in the field names that other errors use; unchanged if it is not JSON. */
    private static String readable(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return text;
        }
        if (json == null || !json.isObject()) {
            return text;
        }
        String message = Stream.of(
                        requirements(json.path("errors")),
                        text(json, "detail"),
                        text(json.path("messages").path(0), "message"),
                        text(json.path("error"), "message"),
                        text(json, "error"),
                        text(json, "message"),
                        text(json, "title"))
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
        if (message.isEmpty()) {
            return text;
        }
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        String word = word(json);
        if (!word.isEmpty()) {
            error.put("status", word);
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("error", error.put("message", message));
        return whole.toString();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.path(field).asText().strip() : "";
    }

    /** The last segment of the URL that identifies the type of a problem. */
    private static String word(JsonNode json) {
        String type = Stream.of(
                        text(json, "type"),
                        text(json.path("error"), "code"),
                        text(json.path("messages").path(0), "code"),
                        text(json, "code"))
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** A text such as {@code secret OPENAI_KEY: Missing secret (add_secret)}. */
    private static String requirements(JsonNode errors) {
        List<String> all = new ArrayList<>();
        for (JsonNode error : errors) {
            String what = (text(error, "type") + " " + text(error, "key")).strip();
            String said = text(error, "message");
            String action = text(error.path("action"), "type");
            all.add((what.isEmpty() ? said : said.isEmpty() ? what : what + ": " + said)
                    + (action.isEmpty() ? "" : " (" + action + ")"));
        }
        return String.join("; ", all);
    }

    GeminiImageException toException() {
        int status = error.status();
        if (status == NOT_SATISFIED) {
            return new AuthenticationException(
                    error.told(about) + ". The account does not meet the requirements of the app",
                    error.provider(about),
                    null);
        }
        if (status == UPSTREAM && !isOfInput()) {
            return new RateLimitException(error.told(about), reset, error.provider(about));
        }
        return (status == TOO_MANY_REQUESTS ? error.delayedBy(reset) : error).toException(about);
    }

    private boolean isOfInput() {
        String said = error.message().toLowerCase(Locale.ROOT);
        return said.contains("valid") || said.contains("required") || said.contains("expected");
    }
}
