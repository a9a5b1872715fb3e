package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The request was wrong: where possible found before any call, naming option, value and what is allowed; else what the
 * provider said (HTTP 400). Not retried.
 */
public class InvalidRequestException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }

    public InvalidRequestException(String message, Throwable cause) {
        super(message, ProviderError.NONE, cause);
    }

    public InvalidRequestException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
