package io.github.camelgemini.image.error;

import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.secret.OutsideFailure;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.Serial;
import java.math.BigDecimal;

/**
 * The base class of all failures between a message and its picture. {@code onException(GeminiImageException.class)}
 * catches all of them.
 *
 * <p>Contains what the provider said: HTTP status, status word and message. Never contains a credential, in message or
 * cause: all quoted texts are {@link OutsideText}, and a cause with any other message is replaced by an {@link
 * OutsideFailure}. A message is one line, and short enough for logs and headers.
 */
public class GeminiImageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Room for a sentence of our own and two quoted texts. */
    private static final int LONGEST_MESSAGE = 3 * OutsideText.LONGEST;

    private final ProviderError provider;
    private int attempts;

    /** For a failure before any call. */
    public GeminiImageException(String message) {
        this(message, ProviderError.NONE, null);
    }

    /**
     * Creates the exception.
     *
     * @param message shortened, in one line, and without credentials
     * @param provider what the provider said
     * @param cause shown as {@link OutsideFailure} if its message may quote data from outside; or null
     */
    public GeminiImageException(String message, ProviderError provider, Throwable cause) {
        super(OutsideText.of(message, LONGEST_MESSAGE), OutsideFailure.of(cause));
        this.provider = provider == null ? ProviderError.NONE : provider;
    }

    /** The HTTP status of the answer, or 0 when there was no answer. */
    public int getHttpStatus() {
        return provider.httpStatus();
    }

    /** The provider's status word such as {@code RESOURCE_EXHAUSTED}, or null when it gave none. */
    public String getProviderStatus() {
        return provider.status();
    }

    /** The provider's own message, or null when it gave none. */
    public String getProviderMessage() {
        return provider.message();
    }

    /** The model that was called, or null if there was no call. */
    public String getModel() {
        return provider.model();
    }

    /**
     * The tokens that the provider counted for an answer without a picture; {@link Usage#NONE} when there was no
     * answer.
     */
    public Usage getUsage() {
        return provider.usage();
    }

    /** The cost of these tokens, in USD; null when there are none, or the catalog does not know the model. */
    public BigDecimal getEstimatedCost() {
        return provider.estimatedCost();
    }

    /** How many calls were made before giving up; 0 when the request was refused before any call. */
    public int getAttempts() {
        return attempts;
    }

    /** Sets how many calls were made. Only the retry loop knows this number. */
    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }
}
