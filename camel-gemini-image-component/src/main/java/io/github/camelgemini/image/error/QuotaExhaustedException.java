package io.github.camelgemini.image.error;

import java.io.Serial;
import java.time.Instant;

/**
 * The day's quota or the paid credit is used up (HTTP 429 with a per-day quota, a limit of 0, or depleted credits). Not
 * retried: it would fail again for hours, or until somebody pays.
 */
public class QuotaExhaustedException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Instant availableAgain;

    public QuotaExhaustedException(String message, Instant availableAgain, ProviderError provider) {
        super(message, provider, null);
        this.availableAgain = availableAgain;
    }

    /**
     * When it may work again, where the service has a time for it, as for a quota of a day; null when that is not known, as with
     * depleted credits.
     */
    public Instant getAvailableAgain() {
        return availableAgain;
    }
}
