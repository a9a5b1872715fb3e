package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;

/** Gets a picture that an answer names by its address, without any credential, and of bounded size. */
public interface PictureFetch {

    /** Whose word it is that a picture is there, which says where it may be. */
    enum By {
        /** A field of the answer, of the server that the route has chosen and that sent it: also in private networks. */
        SERVER,
        /** A field of the answer, of another server: at public addresses, and at hosts in {@code allowedReferenceHosts}. */
        SERVICE,
        /** What a model says in a text, which may be the words of whoever wrote the prompt: at public addresses. */
        MODEL
    }

    /**
     * Fetches a picture, without blocking the caller. The answer is paid for, so one that is not there yet is asked for once
     * more, a second later.
     *
     * @param uri {@code https:} or {@code http:}
     * @param by who says so
     * @return the picture, or as failure of the future why it is not to be had; cancelled, it ends. A {@link
     *     io.github.camelgemini.image.error.RetryableError} says that it may be had later, with the HTTP status, if any
     */
    CompletableFuture<GeneratedImage> fetch(String uri, By by);
}
