package io.github.camelgemini.image.error;

import java.io.Serial;

/** A reference picture could not be read, is no picture, or is of a type or size that the model does not take. */
public class ReferenceImageException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ReferenceImageException(String message) {
        super(message);
    }

    public ReferenceImageException(String message, Throwable cause) {
        super(message, ProviderError.NONE, cause);
    }
}
