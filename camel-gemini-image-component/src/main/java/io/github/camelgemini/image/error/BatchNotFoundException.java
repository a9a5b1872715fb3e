package io.github.camelgemini.image.error;

import java.io.Serial;

/** There is no such batch, or it no longer exists: neither in the batch repository nor at the service. Not retried. */
public class BatchNotFoundException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public BatchNotFoundException(String message, ProviderError provider) {
        super(message, provider, null);
    }
}
