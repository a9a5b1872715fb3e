package io.github.camelgemini.image.error;

import java.time.Duration;

/** A failure that may be temporary, so that the same request may succeed a little later. */
public interface RetryableError {

    /**
     * The wait that the server asked for. {@link Duration#ZERO}, null or a negative value mean that it asked for none.
     * If the wait exceeds what is left of {@code requestTimeout}, there is no retry, and the call fails at once.
     */
    Duration getRetryDelay();
}
