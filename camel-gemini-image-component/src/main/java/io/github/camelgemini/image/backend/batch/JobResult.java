package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.result.ImageResult;

/**
 * What became of one request of a job: either result or failure.
 *
 * @param key of the request; null where the service has none, as of a queue whose jobs have one request each
 * @param result at least one picture, whose payloads belong to whoever takes it
 * @param failure why there is none
 */
public record JobResult(String key, ImageResult result, GeminiImageException failure) {}
