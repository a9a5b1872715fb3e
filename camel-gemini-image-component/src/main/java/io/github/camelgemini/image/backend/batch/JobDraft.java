package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A job that is not submitted yet. Used by one thread. */
public interface JobDraft extends AutoCloseable {

    /**
     * Adds a request. May block: its reference pictures are uploaded where the job cannot hold them.
     *
     * @param key unique in the job
     * @param request complete and checked; it may be closed afterwards
     * @return false when the job has no room for it, which then stays as it was; the first request always has
     * @throws io.github.camelgemini.image.error.GeminiImageException when the request cannot be part of any job
     */
    boolean add(String key, ImageRequest request) throws IOException;

    /** Of all that was added: the same for the same requests, and for others another. At most 100 characters. */
    String fingerprint();

    /**
     * Submits it, once.
     *
     * @param name by which it is found again; see {@link ImageBatches.Mark}
     * @param webhook public address that the service is to call when it is done; null for none
     * @return the job as the service tells; or, as failure, a {@link
     *     io.github.camelgemini.image.error.GeminiImageException}, after which the service may have made it all the same
     */
    CompletableFuture<Job> submit(String name, URI webhook);

    /** Lets go of what was written for it. */
    @Override
    void close();
}
