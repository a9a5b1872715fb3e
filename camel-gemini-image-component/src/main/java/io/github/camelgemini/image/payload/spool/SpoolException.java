package io.github.camelgemini.image.payload.spool;

import java.io.IOException;

/** Bytes could not be kept on this machine: the disk is full, the spool directory is not writable, or the spool is closed. */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, IOException cause) {
        super(message, cause);
    }
}
