package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.model.Surface;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;

/** A client of Google's SDK that makes one call of {@code generateContent} on the caller's thread. */
interface SdkClient extends AutoCloseable {

    Surface surface();

    /** Sends the request and puts the answer, or the error answer, into the transfer. */
    void generate(ImageRequest request, Transfer transfer) throws IOException;

    /** Takes credentials out of a text. */
    String redact(String text);

    @Override
    void close();
}
