package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;

/**
 * How patient calls are.
 *
 * @param maxRetries further calls after the first, 0 for none; a request may say otherwise
 * @param initialDelay the longest wait before the first retry; each further one may be twice as long
 * @param maxDelay the longest wait of our own choosing; a server may ask for more
 * @param requestTimeout limit of the whole call with its retries and waits
 * @param maxConcurrentRequests calls in flight at a time; further ones wait in order
 * @param requestsPerMinute calls that begin within any minute, 0 for any number; further ones wait in order
 * @param maxQueued calls that may wait
 * @param fallbackModels asked in this order when the model is gone, or still overloaded after the retries
 * @param fallbackPatience the longest wait for a model, where another can be asked
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

    /** @throws InvalidRequestException naming the option that is out of range */
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
