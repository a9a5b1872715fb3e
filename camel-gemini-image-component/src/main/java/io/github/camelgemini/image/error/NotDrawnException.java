package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * A request of a batch for which nothing came: no picture, and no failure of its own either. Not retried; see the option {@code
 * resubmit}.
 */
public class NotDrawnException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why nothing came. */
    public enum Reason {
        /** The job ended well, but its results have no such key. */
        MISSING,
        /** The service gave the job up because it took too long. */
        EXPIRED,
        /** The job was cancelled before it came to this request. */
        CANCELLED,
        /** The job failed as a whole. */
        FAILED,
        /**
         * It may have been drawn, and could not be had from the service, time and again; the cause says why. Or its job has a
         * result of which nobody knows whose it is.
         */
        UNREACHED
    }

    private final Reason reason;

    public NotDrawnException(String message, Reason reason, ProviderError provider) {
        super(message, provider, null);
        this.reason = reason;
    }

    /** One that may have been drawn. */
    public NotDrawnException(String message, ProviderError provider, Throwable unreached) {
        super(message, provider, unreached);
        this.reason = Reason.UNREACHED;
    }

    public Reason getReason() {
        return reason;
    }
}
