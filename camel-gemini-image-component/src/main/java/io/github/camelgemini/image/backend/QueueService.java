package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A service whose API is a queue: each request is a job. {@link PolledBackend} turns it into an {@link ImageBackend}.
 */
public interface QueueService extends AutoCloseable {

    /** As {@link ImageBackend#traits}. */
    ServiceTraits traits();

    /** As {@link ImageBackend#check}. */
    void check(ImageRequest request);

    /** As {@link ImageBackend#models}. */
    CompletableFuture<List<JsonNode>> models(String id);

    /** The jobs of the service. Their results have no key. */
    ImageBatches batches();

    /**
     * Listens to the progress of a job without blocking the caller, if the service sends events.
     *
     * @param id as in {@link io.github.camelgemini.image.backend.batch.Job#id()}
     * @param progress receives the events
     * @return completes when there are no more events or they failed, and at once if the service sends none. The job is
     *     polled in each case. Cancelling the future ends the listening.
     */
    CompletableFuture<Void> watch(String id, ProgressListener progress);

    /** As {@link ImageBackend#close}. */
    @Override
    void close();
}
