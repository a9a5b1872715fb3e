package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;

/** A client of Google's SDK. Makes a call on the caller's thread, and puts the answer into its transfer. */
interface SdkClient extends AutoCloseable {

    Surface surface();

    /** Calls {@code generateContent}. */
    void generate(ImageRequest request, Transfer transfer) throws IOException;

    /** Calls {@code countTokens}. */
    void countTokens(ImageRequest request, Transfer transfer) throws IOException;

    /** Calls {@code models.get}. */
    void model(String id, Transfer transfer) throws IOException;

    /**
     * Calls {@code models.list}.
     *
     * @param page the token of the page, or null for the first
     */
    void models(String page, Transfer transfer) throws IOException;

    /** Removes credentials from a text. */
    String redact(String text);

    @Override
    void close();
}
