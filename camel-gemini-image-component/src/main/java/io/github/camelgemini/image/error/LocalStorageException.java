package io.github.camelgemini.image.error;

import io.github.camelgemini.image.payload.spool.SpoolException;
import java.io.Serial;
import java.util.function.Supplier;

/**
 * This machine could not keep or read the bytes of a picture or a request: the disk is full, the folder of the option
 * {@code spoolDirectory} is gone or not writable, or the component was stopped. Never the message's fault, which may go well
 * later or on another machine. The component does not try again, since a picture that was paid for would be paid for again;
 * a route may, after a pause.
 */
public class LocalStorageException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public LocalStorageException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }

    /**
     * The exception for a failure: one of these where this machine is its cause.
     *
     * @param failure null for none
     * @param otherwise what it is else
     */
    public static GeminiImageException or(Throwable failure, Supplier<? extends GeminiImageException> otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LocalStorageException known) {
                return known;
            }
            if (cause instanceof SpoolException) {
                return new LocalStorageException(
                        "This machine cannot keep what is needed; see to the option spoolDirectory: "
                                + cause.getMessage(),
                        null,
                        failure);
            }
        }
        return otherwise.get();
    }
}
