package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The answer cannot be read: invalid JSON, invalid Base64, an HTML page of a proxy, or bytes that are not a picture.
 * Nothing of it is kept.
 */
public class MalformedResponseException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public MalformedResponseException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
