package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.result.ImageResult;

/**
 * The outcome of a request in a batch: a result or a failure.
 *
 * @param batch id of the batch, or of the job if it was not submitted here
 * @param key of the request; null if not known
 * @param job with the last state from the service
 * @param result at least one picture; its payloads belong to the receiver
 * @param failure why there is no result
 */
public record BatchResult(String batch, String key, Job job, ImageResult result, GeminiImageException failure) {

    /** Discards the pictures of a result that is not used. */
    public void discard() {
        if (result != null) {
            result.discard();
        }
    }
}
