package io.github.camelgemini.image.request;

import java.io.IOException;
import java.io.Serial;

/** The items in a JSON body cannot be separated. */
final class BrokenJsonException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean cutOff;

    /**
     * @param cutOff whether the JSON may only be incomplete
     */
    BrokenJsonException(String message, boolean cutOff) {
        super(message);
        this.cutOff = cutOff;
    }

    boolean isCutOff() {
        return cutOff;
    }
}
