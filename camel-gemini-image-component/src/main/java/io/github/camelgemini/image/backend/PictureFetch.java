package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;

/** Gets a picture that an answer names by its address, without any credential, and of bounded size. */
public interface PictureFetch {

    /**
     * Fetches a picture, without blocking the caller.
     *
     * @param uri {@code https:} or {@code http:}
     * @param trusted whether it may lead into private networks: only where the service itself says where the picture is, on the
     *     server that the route has chosen. What a model says in a text may be the words of whoever wrote the prompt
     * @return the picture, or as failure of the future why it is not to be had; cancelled, it ends
     */
    CompletableFuture<GeneratedImage> fetch(String uri, boolean trusted);
}
