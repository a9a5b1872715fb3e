package io.github.camelgemini.image.request.fetch;

import java.io.IOException;
import java.io.Serial;

/** A server has answered with something other than a picture. */
public final class NoPictureException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    NoPictureException(int status) {
        super("HTTP " + status);
        this.status = status;
    }

    /** The HTTP status; 200 for an answer of an unknown type. */
    public int status() {
        return status;
    }
}
