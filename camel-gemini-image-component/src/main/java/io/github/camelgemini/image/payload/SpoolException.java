package io.github.camelgemini.image.payload;

import java.io.IOException;

/** The bytes of a payload could not be kept on this machine: the disk is full, or the spool directory is not writable. */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, IOException cause) {
        super(message, cause);
    }
}
