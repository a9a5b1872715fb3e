package io.github.camelgemini.emulator.api;

import java.time.Duration;

/**
 * Why a service does not do what it was asked to, before the service puts it into its own form and words.
 *
 * @param kind what it is
 * @param code the HTTP status; 0 for the one that the service has for this kind
 * @param status the name of the status at Google; of {@link Kind#OTHER} only
 * @param message for people; empty for the service's own
 * @param retryDelay when to come back; of {@link Kind#RATE_LIMITED} only
 */
public record Trouble(Kind kind, int code, String status, String message, Duration retryDelay) {

    /** The kinds that services have words of their own for. */
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
        /** With status and message of its own. */
        OTHER,
        /** As {@link #OTHER}, and as a list of one where the service does so. */
        OTHER_IN_LIST
    }

    /** Trouble in the service's own words. */
    public static Trouble of(Kind kind) {
        return new Trouble(kind, 0, "", "", Duration.ZERO);
    }

    /** Too many requests, and when to come back. */
    public static Trouble rateLimited(Duration retryDelay) {
        return new Trouble(Kind.RATE_LIMITED, 0, "", "", retryDelay);
    }

    /** Any error. */
    public static Trouble other(Kind kind, int code, String status, String message) {
        return new Trouble(kind, code, status, message, Duration.ZERO);
    }
}
