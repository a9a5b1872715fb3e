package io.github.camelgemini.image.error;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the HTTP status of an error that came without one, by its code or its word. */
final class ErrorStatus {

    /** For unknown errors: a server error, so that the call is retried. */
    private static final int UNKNOWN = 500;

    /** The status codes of gRPC, by number. */
    private static final List<String> RPC = List.of(
            "ok",
            "cancelled",
            "unknown",
            "invalid_argument",
            "deadline_exceeded",
            "not_found",
            "already_exists",
            "permission_denied",
            "resource_exhausted",
            "failed_precondition",
            "aborted",
            "out_of_range",
            "unimplemented",
            "internal",
            "unavailable",
            "data_loss",
            "unauthenticated");

    /** The status codes of gRPC, and the words of services with an API like OpenAI's or Anthropic's. */
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            entry("cancelled", 499),
            entry("invalid_argument", 400),
            entry("deadline_exceeded", 504),
            entry("not_found", 404),
            entry("already_exists", 409),
            entry("permission_denied", 403),
            entry("resource_exhausted", 429),
            entry("failed_precondition", 400),
            entry("aborted", 409),
            entry("out_of_range", 400),
            entry("unimplemented", 501),
            entry("unavailable", 503),
            entry("unauthenticated", 401),
            entry("invalid_request", 400),
            entry("invalid_request_error", 400),
            entry("parameter_unknown", 400),
            entry("authentication", 401),
            entry("authentication_error", 401),
            entry("invalid_api_key", 401),
            entry("payment_required", 402),
            entry("insufficient_quota", 402),
            entry("insufficient_user_quota", 402),
            entry("billing_hard_limit_reached", 402),
            entry("content_policy_violation", 400),
            entry("moderation_blocked", 400),
            entry("permission_error", 403),
            entry("not_found_error", 404),
            entry("model_not_found", 404),
            entry("rate_limit_exceeded", 429),
            entry("rate_limit_error", 429),
            entry("quota_exceeded", 429),
            entry("too_many_requests", 429),
            entry("service_unavailable", 503),
            entry("overloaded", 503),
            entry("overloaded_error", 503));

    /** OpenAI's words for prompts that a filter refuses. */
    private static final Set<String> BLOCKED = Set.of("content_policy_violation", "moderation_blocked");

    private static final List<String> FIELDS = List.of("status", "code", "type");

    private ErrorStatus() {}

    /** Whether someone must pay first. OpenAI says so with status 429, others with 403. */
    static boolean isOutOfCredit(JsonNode error) {
        return words(error).anyMatch(word -> WORDS.getOrDefault(word, 0) == 402);
    }

    /** The word of a filter that refuses the prompt, or null. */
    static String blockReason(JsonNode error) {
        return words(error).filter(BLOCKED::contains).findFirst().orElse(null);
    }

    private static Stream<String> words(JsonNode error) {
        return FIELDS.stream().map(field -> error.path(field).asText().toLowerCase(Locale.ROOT));
    }

    /** Whether an object without the field {@code error} is an error by its other fields. */
    static boolean isError(JsonNode error) {
        return byNumber(error.path("code")) > 0 || byNumber(error.path("status")) > 0 || byWord(error) > 0;
    }

    static int of(JsonNode error) {
        int code = byNumber(error.path("code"));
        int status = code > 0 ? code : byNumber(error.path("status"));
        if (status > 0) {
            return status;
        }
        return byWord(error) > 0 ? byWord(error) : UNKNOWN;
    }

    private static int byNumber(JsonNode node) {
        int number = node.isTextual() || node.isNumber() ? node.asInt() : 0;
        if (number > 0 && number < RPC.size()) {
            return WORDS.getOrDefault(RPC.get(number), UNKNOWN);
        }
        return number >= 400 && number < 600 ? number : 0;
    }

    private static int byWord(JsonNode error) {
        return words(error).map(WORDS::get).filter(Objects::nonNull).findFirst().orElse(0);
    }
}
