package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * A request of a batch that got neither a picture nor a failure of its own. Not retried; see the option {@code
 * resubmit}.
 */
public class NotDrawnException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why there is no result. */
    public enum Reason {
        /** The job succeeded, but its results do not contain the key. */
        MISSING,
        /** The service ended the job because it took too long. */
        EXPIRED,
        /** The job was cancelled before this request was processed. */
        CANCELLED,
        /** The job failed as a whole. */
        FAILED,
        /**
         * The picture may exist, but could not be fetched after several attempts; the cause says why. Or the job has a
         * result with an unknown key.
         */
        UNREACHED
    }

    private final Reason reason;

    /** For a request without a result. */
    public NotDrawnException(String message, Reason reason, ProviderError provider) {
        super(message, provider, null);
        this.reason = reason;
    }

    /** For a picture that may exist. */
    public NotDrawnException(String message, ProviderError provider, Throwable unreached) {
        super(message, provider, unreached);
        this.reason = Reason.UNREACHED;
    }

    /** Why there is no result. */
    public Reason getReason() {
        return reason;
    }
}
