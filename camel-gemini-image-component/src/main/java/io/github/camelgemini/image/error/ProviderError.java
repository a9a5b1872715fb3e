package io.github.camelgemini.image.error;

import java.io.Serializable;

/**
 * What the provider said about a failure.
 *
 * @param httpStatus the HTTP status, 0 when there was no answer
 * @param status the provider's status word such as {@code INVALID_ARGUMENT}, or null
 * @param message the provider's message, or null
 * @param model the model that was asked, or null
 */
public record ProviderError(int httpStatus, String status, String message, String model) implements Serializable {

    /** No provider had a part in it. */
    public static final ProviderError NONE = new ProviderError(0, null, null, null);

    /** A failure without an answer from the provider, such as a refused connection. */
    public static ProviderError ofModel(String model) {
        return new ProviderError(0, null, null, model);
    }
}
