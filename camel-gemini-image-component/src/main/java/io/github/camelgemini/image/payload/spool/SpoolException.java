package io.github.camelgemini.image.payload.spool;

import java.io.IOException;

/**
 * This machine could not store bytes, or could not read them again: the disk is full or broken, the spool directory is
 * missing or not writable, or the spool is closed.
 */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param cause the exception of the file system, or null
     */
    public SpoolException(String message, IOException cause) {
        super(message, cause);
    }
}
