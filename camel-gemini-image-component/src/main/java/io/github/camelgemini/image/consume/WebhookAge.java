package io.github.camelgemini.image.consume;

import java.time.Duration;
import java.time.Instant;

/** How old a call may be: 5 minutes, by Standard Webhooks and Google. As much ahead, since clocks differ. */
final class WebhookAge {

    static final Duration LIMIT = Duration.ofMinutes(5);

    private WebhookAge() {}

    /** @throws RefusedCallException when it was sent too long ago, or is to be sent in the future */
    static void check(Instant sent) throws RefusedCallException {
        if (Duration.between(sent, Instant.now()).abs().compareTo(LIMIT) > 0) {
            throw RefusedCallException.unknown("its time is more than " + LIMIT.toMinutes() + " minutes from now");
        }
    }
}
