package io.github.camelgemini.image.request.fetch;

import java.io.IOException;
import java.io.Serial;

/** A connection was not opened, because of the address that it would have led to. */
final class ForbiddenAddressException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Without the address: to tell it would let a sender map the network behind the route. */
    ForbiddenAddressException() {
        super("not a public address");
    }
}
