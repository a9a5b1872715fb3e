package io.github.camelgemini.image.error;

import java.io.Serial;
import java.time.Duration;

/** Too many requests or tokens a minute (HTTP 429). Retried, not earlier than the server asked for. */
public class RateLimitException extends GeminiImageException implements RetryableError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryDelay;

    /**
     * @param retryDelay see {@link #getRetryDelay}
     */
    public RateLimitException(String message, Duration retryDelay, ProviderError provider) {
        super(message, provider, null);
        this.retryDelay = retryDelay;
    }

    @Override
    public Duration getRetryDelay() {
        return retryDelay;
    }
}
