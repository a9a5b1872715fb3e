package io.github.camelgemini.emulator.api;

import java.time.Duration;

/**
 * An error, independent of the format of a service.
 *
 * @param kind of the error
 * @param code the HTTP status; 0 for the service's own status for this kind
 * @param status the name of the status at Google; only for {@link Kind#OTHER}
 * @param message for people; empty for the service's own
 * @param retryDelay when to retry; only for {@link Kind#RATE_LIMITED}
 */
public record Trouble(Kind kind, int code, String status, String message, Duration retryDelay) {

    /** The kinds for which services have their own messages. */
    public enum Kind {
        RATE_LIMITED,
        RATE_LIMITED_WITHOUT_DETAILS,
        DAILY_QUOTA,
        CREDITS_DEPLETED,
        OVERLOADED,
        BAD_GATEWAY,
        INTERNAL,
        TIMEOUT,
        CANCELLED,
        INVALID_KEY,
        MISSING_KEY,
        INVALID_TOKEN,
        MODEL_NOT_FOUND,
        BILLING,
        /** An error with its own status and message. */
        OTHER,
        /** The same as {@link #OTHER}, written as a list with one element by services that do this. */
        OTHER_IN_LIST
    }

    /** An error with the service's own message. */
    public static Trouble of(Kind kind) {
        return new Trouble(kind, 0, "", "", Duration.ZERO);
    }

    /** Too many requests, and when to retry. */
    public static Trouble rateLimited(Duration retryDelay) {
        return new Trouble(Kind.RATE_LIMITED, 0, "", "", retryDelay);
    }

    /** Any error. */
    public static Trouble other(Kind kind, int code, String status, String message) {
        return new Trouble(kind, code, status, message, Duration.ZERO);
    }
}
