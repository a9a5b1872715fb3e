package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;

/** Gets a picture that an answer names by its address. */
public interface RemoteFetch {

    /**
     * Fetches a picture.
     *
     * @param uri {@code https:} or {@code http:}; from a server, so its host is not to be trusted
     * @return the picture, or as failure of the future why it is not to be had
     */
    CompletableFuture<GeneratedImage> fetch(String uri);
}
