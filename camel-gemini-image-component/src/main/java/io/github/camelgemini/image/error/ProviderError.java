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
 * @param model the model that was asked, or null
 * @param usage the tokens that it counted and bills although there is no picture; {@link Usage#NONE} for an HTTP error
 * @param estimatedCost of these tokens, in USD; null when there are none or the catalog does not know the model
 */
public record ProviderError(
        int httpStatus, String status, String message, String model, Usage usage, BigDecimal estimatedCost)
        implements Serializable {

    /** The texts as they may be told. */
    public ProviderError {
        status = OutsideText.word(status);
        message = OutsideText.of(message);
    }

    /** No provider had a part in it. */
    public static final ProviderError NONE = new ProviderError(0, null, null, null);

    /** An answer that nothing is billed for. */
    public ProviderError(int httpStatus, String status, String message, String model) {
        this(httpStatus, status, message, model, Usage.NONE, null);
    }

    /** A failure without an answer from the provider, such as a refused connection. */
    public static ProviderError ofModel(String model) {
        return new ProviderError(0, null, null, model);
    }
}
