package io.github.camelgemini.image.consume;

import java.time.Instant;
import java.util.Optional;

/**
 * A call of a webhook as it came, not yet believed.
 *
 * @param id of the header {@code webhook-id}; null for none
 * @param timestamp of the header {@code webhook-timestamp}; null for none
 * @param signature of the header {@code webhook-signature}; null for none
 * @param body as it was sent, to the byte
 */
record WebhookCall(String id, String timestamp, String signature, byte[] body) {

    /** Digits of a time in seconds; more are none. */
    private static final int LONGEST_TIME = 12;

    /** When it says that it was sent. */
    Optional<Instant> sent() {
        try {
            return timestamp == null || timestamp.length() > LONGEST_TIME
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Without anything of it: all of that is of a stranger. */
    @Override
    public String toString() {
        return "WebhookCall[" + body.length + " bytes]";
    }
}
