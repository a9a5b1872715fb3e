package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The request is invalid. Where possible this is found before any call; the message then names the option, its value,
 * and what is allowed. Otherwise it contains what the provider said (HTTP 400). Not retried.
 */
public class InvalidRequestException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** For a request that is refused before any call. */
    public InvalidRequestException(String message) {
        super(message);
    }

    /** For a request that is refused before any call, because of another exception. */
    public InvalidRequestException(String message, Throwable cause) {
        super(message, ProviderError.NONE, cause);
    }

    /** For a request that the service refuses. */
    public InvalidRequestException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
