package io.github.camelgemini.image.payload.json;

import java.io.IOException;

/** A picture that was to be sent could not be read, or is not as long as it was when sending began. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    SourceException(String message, IOException cause) {
        super(message, cause);
    }
}
