package io.github.camelgemini.image.error;

import java.io.Serial;

/** The answer did not come within {@code requestTimeout}, which spans the whole call with its retries. */
public class RequestTimeoutException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public RequestTimeoutException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
