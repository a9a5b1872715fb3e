package io.github.camelgemini.image.request.fetch;

import java.io.IOException;
import java.io.Serial;

/** A connection was not opened because its address is forbidden. */
final class ForbiddenAddressException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Without the address, since it would let a sender map the network behind the route. */
    ForbiddenAddressException() {
        super("not a public address");
    }
}
