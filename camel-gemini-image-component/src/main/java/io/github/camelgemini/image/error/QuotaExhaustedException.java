package io.github.camelgemini.image.error;

import java.io.Serial;
import java.time.Instant;

/**
 * The daily quota or the prepaid credit is used up (HTTP 429 with a daily quota, a limit of 0, or no credits). Not
 * retried: it would fail for hours, or until someone pays.
 */
public class QuotaExhaustedException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Instant availableAgain;

    /**
     * @param availableAgain see {@link #getAvailableAgain}
     */
    public QuotaExhaustedException(String message, Instant availableAgain, ProviderError provider) {
        super(message, provider, null);
        this.availableAgain = availableAgain;
    }

    /**
     * When calls may succeed again, if the service resets the quota at a known time; null otherwise, for example
     * without credits.
     */
    public Instant getAvailableAgain() {
        return availableAgain;
    }
}
