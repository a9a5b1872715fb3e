package io.github.camelgemini.image.error;

import java.time.Duration;

/** A failure that the same request may not meet a little later. */
public interface RetryableError {

    /**
     * How long the server asked to wait, or {@link Duration#ZERO} when it did not say, which null and less than that also mean.
     * For longer than {@code requestTimeout} leaves nobody waits: then the failure is told at once.
     */
    Duration getRetryDelay();
}
