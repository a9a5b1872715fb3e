package io.github.camelgemini.image.error;

import io.github.camelgemini.image.payload.spool.SpoolException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * This machine could not store or read the bytes of a picture or a request. The disk is full, the folder of the option
 * {@code spoolDirectory} is missing or not writable, no more files can be opened, or the component was stopped. The
 * Camel message is never the cause, so the same message may succeed later or on another machine. The component does not retry, since a
 * billed picture would be billed again; a route may, after a pause.
 */
public class LocalStorageException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * What POSIX systems report when the cause is not a single file: EMFILE, ENFILE, ENOSPC, EDQUOT, EROFS, EIO,
     * ENOMEM, ESTALE.
     */
    private static final Set<String> OF_THE_MACHINE = Set.of(
            "Too many open files",
            "Too many open files in system",
            "No space left on device",
            "Disk quota exceeded",
            "Read-only file system",
            "Input/output error",
            "Cannot allocate memory",
            "Stale file handle");

    /** Creates the exception. */
    public LocalStorageException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }

    /**
     * The exception for a failure: of this class if this machine is the cause.
     *
     * @param failure null for none
     * @param otherwise gives the exception for other causes
     */
    public static GeminiImageException or(Throwable failure, Supplier<? extends GeminiImageException> otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LocalStorageException known) {
                return known;
            }
            if (cause instanceof SpoolException) {
                return new LocalStorageException(
                        "This machine cannot store temporary data; check the option spoolDirectory: "
                                + cause.getMessage(),
                        null,
                        failure);
            }
            if (cause instanceof IOException io && OF_THE_MACHINE.contains(reason(io))) {
                return new LocalStorageException(
                        "This machine cannot read or write required data: " + io.getMessage(), null, failure);
            }
        }
        return otherwise.get();
    }

    /** Without the file name, which may contain anything. */
    private static String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof FileSystemException file) {
            return String.valueOf(file.getReason());
        }
        return failure instanceof FileNotFoundException && message.endsWith(")")
                ? message.substring(message.lastIndexOf('(') + 1, message.length() - 1)
                : message;
    }
}
