package io.github.camelgemini.image.error;

import java.io.Serial;

/** The model does not exist, is retired, or is not available to this project (HTTP 404). Not retried. */
public class ModelNotFoundException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String successor;

    /**
     * @param successor see {@link #getSuccessor}
     */
    public ModelNotFoundException(String message, String successor, ProviderError provider) {
        super(message, provider, null);
        this.successor = successor;
    }

    /** The model that replaced it, or null when the model catalog knows none. */
    public String getSuccessor() {
        return successor;
    }
}
