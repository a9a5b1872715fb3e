package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * A reference image cannot be used: it cannot be read, is not a picture, or has a type or size that the model does not
 * accept. Or it is a file of the Files API that is gone or not ready. Not retried.
 */
public class ReferenceImageException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** For a picture that is refused before any call. */
    public ReferenceImageException(String message) {
        super(message);
    }

    /** For a picture that is refused before any call, because of another exception. */
    public ReferenceImageException(String message, Throwable cause) {
        super(message, ProviderError.NONE, cause);
    }

    /** For a picture that the service refuses. */
    public ReferenceImageException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
