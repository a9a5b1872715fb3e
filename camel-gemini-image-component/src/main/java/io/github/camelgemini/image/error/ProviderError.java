package io.github.camelgemini.image.error;

import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * What the provider said about a failure.
 *
 * @param httpStatus the HTTP status, 0 when there was no answer
 * @param status the provider's status word such as {@code INVALID_ARGUMENT}, or null; up to 200 characters
 * @param message the provider's message, or null; up to 2,000 characters
 * @param model the model that was called, or null
 * @param usage the billed tokens of an answer without a picture; {@link Usage#NONE} for an HTTP error
 * @param estimatedCost of these tokens, in USD; null when there are none, or the catalog does not know the model
 */
public record ProviderError(
        int httpStatus, String status, String message, String model, Usage usage, BigDecimal estimatedCost)
        implements Serializable {

    /** Shortens the texts, and removes credentials from them. */
    public ProviderError {
        status = OutsideText.word(status);
        message = OutsideText.of(message);
    }

    /** For failures that no provider caused. */
    public static final ProviderError NONE = new ProviderError(0, null, null, null);

    /** An answer without billed tokens. */
    public ProviderError(int httpStatus, String status, String message, String model) {
        this(httpStatus, status, message, model, Usage.NONE, null);
    }

    /** A failure without an answer from the provider, such as a refused connection. */
    public static ProviderError ofModel(String model) {
        return new ProviderError(0, null, null, model);
    }
}
