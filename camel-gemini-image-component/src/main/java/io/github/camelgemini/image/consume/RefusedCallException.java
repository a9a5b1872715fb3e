package io.github.camelgemini.image.consume;

import java.io.Serial;

/** A webhook call that is answered with an error. The message contains nothing from the call. */
final class RefusedCallException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    static final int UNAUTHORIZED = 401;
    static final int TIMEOUT = 408;
    static final int TOO_LARGE = 413;

    private final int status;

    RefusedCallException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** For a call that is not proven to come from the service. */
    static RefusedCallException unknown(String message) {
        return new RefusedCallException(UNAUTHORIZED, message);
    }

    int status() {
        return status;
    }
}
