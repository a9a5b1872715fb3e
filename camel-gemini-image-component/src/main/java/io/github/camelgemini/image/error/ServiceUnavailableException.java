package io.github.camelgemini.image.error;

import java.io.Serial;
import java.time.Duration;

/**
 * The service is overloaded or broken (HTTP 408, 499, 500, 502, 503, 504), or the connection failed before the answer
 * was complete. Retried.
 */
public class ServiceUnavailableException extends GeminiImageException implements RetryableError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryDelay;

    /**
     * @param retryDelay see {@link #getRetryDelay}
     */
    public ServiceUnavailableException(String message, Duration retryDelay, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
        this.retryDelay = retryDelay;
    }

    @Override
    public Duration getRetryDelay() {
        return retryDelay;
    }
}
