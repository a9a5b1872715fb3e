package io.github.camelgemini.image.payload.json;

import java.io.IOException;

/** A picture to be sent could not be read, or its length has changed since sending began. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    SourceException(String message, IOException cause) {
        super(message, cause);
    }
}
