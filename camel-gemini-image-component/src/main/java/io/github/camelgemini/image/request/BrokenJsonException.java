package io.github.camelgemini.image.request;

import java.io.IOException;
import java.io.Serial;

/** Items in JSON cannot be told from each other. */
final class BrokenJsonException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean cutOff;

    /** @param cutOff whether it may have been right, had it gone on */
    BrokenJsonException(String message, boolean cutOff) {
        super(message);
        this.cutOff = cutOff;
    }

    boolean isCutOff() {
        return cutOff;
    }
}
