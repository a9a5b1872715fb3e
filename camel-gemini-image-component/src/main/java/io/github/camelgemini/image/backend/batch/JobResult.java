package io.github.camelgemini.image.backend.batch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.result.ImageResult;

/**
 * The outcome of one request of a job: a result or a failure.
 *
 * @param key of the request; null if the service has no keys, such as a queue whose jobs have one request each
 * @param result at least one picture; its payloads belong to the receiver
 * @param failure why there is no result
 */
public record JobResult(String key, ImageResult result, GeminiImageException failure) {}
