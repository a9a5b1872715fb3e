package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;

/** Fetches a picture that an answer refers to by URL, without credentials, and up to a size limit. */
public interface PictureFetch {

    /** Where the URL comes from. This decides which servers are allowed. */
    enum By {
        /** A field of the answer with a URL of the server that the route calls. It may also be in a private network. */
        SERVER,
        /**
         * A field of the answer with a URL of another server. Public addresses and {@code allowedReferenceHosts} are
         * allowed.
         */
        SERVICE,
        /** The text of a model, which may repeat the prompt. Only public addresses are allowed. */
        MODEL
    }

    /**
     * Fetches a picture without blocking the caller. The answer is already billed, so a picture that is not there yet
     * is requested once more after a second.
     *
     * @param uri {@code https:} or {@code http:}
     * @param by where the URL comes from
     * @return the picture, or a failure that says why it cannot be fetched. A {@link
     *     io.github.camelgemini.image.error.RetryableError} means that the picture may be available later; it has the
     *     HTTP status, if any. Cancelling the future ends the download.
     */
    CompletableFuture<GeneratedImage> fetch(String uri, By by);
}
