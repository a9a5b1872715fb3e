package io.github.camelgemini.image.resilience;

import java.time.Duration;

/**
 * How patient calls are.
 *
 * @param maxRetries further calls after the first, 0 for none; a request may say otherwise
 * @param initialDelay the longest wait before the first retry; each further one may be twice as long
 * @param maxDelay the longest wait of our own choosing; a server may ask for more
 * @param requestTimeout limit of the whole call with its retries and waits
 * @param maxConcurrentRequests calls in flight at a time; further ones wait in order
 */
public record ResilienceSettings(
        int maxRetries, Duration initialDelay, Duration maxDelay, Duration requestTimeout, int maxConcurrentRequests) {}
