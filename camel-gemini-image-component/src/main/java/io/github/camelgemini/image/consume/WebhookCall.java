package io.github.camelgemini.image.consume;

import java.time.Instant;
import java.util.Optional;

/**
 * A webhook call as it arrived, not verified yet.
 *
 * @param id the header {@code webhook-id}; null for none
 * @param timestamp the header {@code webhook-timestamp}; null for none
 * @param signature the header {@code webhook-signature}; null for none
 * @param body the unchanged bytes
 */
record WebhookCall(String id, String timestamp, String signature, byte[] body) {

    /** The longest time in seconds, in digits. */
    private static final int LONGEST_TIME = 12;

    /** The time at which it claims to have been sent. */
    Optional<Instant> sent() {
        try {
            return timestamp == null || timestamp.length() > LONGEST_TIME
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Contains nothing from the call, which may be forged. */
    @Override
    public String toString() {
        return "WebhookCall[" + body.length + " bytes]";
    }
}
