package io.github.camelgemini.image.payload.spool;

import java.io.IOException;

/**
 * Bytes could not be kept on this machine, or not be read again: the disk is full or broken, the spool directory is not writable or
 * gone, or the spool is closed.
 */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the file system says, or null */
    public SpoolException(String message, IOException cause) {
        super(message, cause);
    }
}
