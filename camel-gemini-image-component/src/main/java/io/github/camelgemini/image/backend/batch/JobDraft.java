package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A job that is not submitted yet. Used by one thread. */
public interface JobDraft extends AutoCloseable {

    /**
     * Adds a request. May block, because reference images that the job cannot contain are uploaded.
     *
     * @param key unique in the job
     * @param request complete and checked; may be closed afterwards
     * @return false when the job has no room for the request, and is unchanged. The first request always fits.
     * @throws io.github.camelgemini.image.error.GeminiImageException when the request cannot be part of any job
     */
    boolean add(String key, ImageRequest request) throws IOException;

    /** Identifies the content: equal for equal requests, different for others. At most 100 characters. */
    String fingerprint();

    /**
     * Submits the job once.
     *
     * @param name by which the job is found again; see {@link ImageBatches.Mark}
     * @param webhook public address that the service calls when the job is done; null for none
     * @return the job as the service describes it. A failure is a {@link
     *     io.github.camelgemini.image.error.GeminiImageException}; the service may have created the job nevertheless.
     */
    CompletableFuture<Job> submit(String name, URI webhook);

    /** Removes the temporary data of the draft. */
    @Override
    void close();
}
