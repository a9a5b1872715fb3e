package io.github.camelgemini.image.consume;

import java.io.Serial;

/** A call of a webhook that is answered with an error. Its message is ours, and holds nothing of the call. */
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

    /** Of one that is not known to be of the service. */
    static RefusedCallException unknown(String message) {
        return new RefusedCallException(UNAUTHORIZED, message);
    }

    int status() {
        return status;
    }
}
