package io.github.camelgemini.image.consume;

import java.time.Duration;
import java.time.Instant;

/**
 * The age limit of webhook calls: 5 minutes in the past or, since clocks differ, in the future. The value is from
 * Standard Webhooks and Google.
 */
final class WebhookAge {

    static final Duration LIMIT = Duration.ofMinutes(5);

    private WebhookAge() {}

    /**
     * @throws RefusedCallException when it was sent too long ago, or in the future
     */
    static void check(Instant sent) throws RefusedCallException {
        if (Duration.between(sent, Instant.now()).abs().compareTo(LIMIT) > 0) {
            throw RefusedCallException.unknown("its time is more than " + LIMIT.toMinutes() + " minutes from now");
        }
    }
}
