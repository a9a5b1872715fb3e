package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * A reference picture could not be read, is no picture, is of a type or size that the model does not take, or is a file of the
 * Files API that is gone or not ready. Not retried.
 */
public class ReferenceImageException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ReferenceImageException(String message) {
        super(message);
    }

    public ReferenceImageException(String message, Throwable cause) {
        super(message, ProviderError.NONE, cause);
    }

    public ReferenceImageException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
