package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.result.ImageResult;

/**
 * What became of a request of a batch: either result or failure.
 *
 * @param batch id of the batch; that of the job for one that was not submitted here
 * @param key of the request; null where nobody knows it
 * @param job that it was part of, as the service told last
 * @param result at least one picture, whose payloads belong to whoever takes it
 * @param failure why there is none
 */
public record BatchResult(String batch, String key, Job job, ImageResult result, GeminiImageException failure) {

    /** Lets go of pictures that nobody is shown. */
    public void discard() {
        if (result != null) {
            result.discard();
        }
    }
}
