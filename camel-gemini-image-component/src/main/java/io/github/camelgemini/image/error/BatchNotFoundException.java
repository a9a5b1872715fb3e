package io.github.camelgemini.image.error;

import java.io.Serial;

/** Nobody knows such a batch, or no more: neither the memory of batches nor the service. Not retried. */
public class BatchNotFoundException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public BatchNotFoundException(String message, ProviderError provider) {
        super(message, provider, null);
    }
}
