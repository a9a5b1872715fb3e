package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;

/**
 * The settings for retries, call limits and fallbacks.
 *
 * @param maxRetries retries after the first call, 0 for none; a request may override it
 * @param initialDelay upper bound of the delay before the first retry; doubled for each further one
 * @param maxDelay upper bound of the component's own delay; a server may ask for more
 * @param requestTimeout time limit for the whole call with its retries and waits
 * @param maxConcurrentRequests limit for calls in flight; further calls wait in order
 * @param requestsPerMinute limit for calls that begin within a minute, 0 for none; further calls wait in order
 * @param maxQueued limit for waiting calls
 * @param fallbackModels tried in this order when the model is gone, or still overloaded after the retries
 * @param fallbackPatience longest wait for a model if there is another to try
 */
public record ResilienceSettings(
        int maxRetries,
        Duration initialDelay,
        Duration maxDelay,
        Duration requestTimeout,
        int maxConcurrentRequests,
        int requestsPerMinute,
        int maxQueued,
        List<String> fallbackModels,
        Duration fallbackPatience) {

    /**
     * @throws InvalidRequestException names the option that is out of range
     */
    public ResilienceSettings {
        atLeast(0, initialDelay.toMillis(), "retryInitialDelay", "milliseconds");
        atLeast(0, maxDelay.toMillis(), "retryMaxDelay", "milliseconds");
        atLeast(1, requestTimeout.toMillis(), "requestTimeout", "milliseconds");
        atLeast(1, maxConcurrentRequests, "maxConcurrentRequests", "calls");
        atLeast(0, requestsPerMinute, "requestsPerMinute", "calls");
        atLeast(0, maxQueued, "maxQueued", "calls");
        atLeast(0, fallbackPatience.toMillis(), "fallbackPatience", "milliseconds");
        fallbackModels = fallbackModels.stream().distinct().toList();
    }

    private static void atLeast(long minimum, long value, String option, String unit) {
        if (value < minimum) {
            throw new InvalidRequestException(
                    "option " + option + " '" + value + "' must be at least " + minimum + " " + unit);
        }
    }
}
