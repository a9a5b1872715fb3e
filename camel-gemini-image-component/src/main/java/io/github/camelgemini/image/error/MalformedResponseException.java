package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The answer could not be understood: broken JSON, broken Base64, an HTML page of a proxy, bytes that are no picture.
 * Nothing of it is kept.
 */
public class MalformedResponseException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedResponseException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
