package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service whose API is a queue: each request is a job of its own. {@link PolledBackend} makes calls of it. */
public interface QueueService extends AutoCloseable {

    ServiceTraits traits();

    /** As {@link ImageBackend#check}. */
    void check(ImageRequest request);

    /** As {@link ImageBackend#models}. */
    CompletableFuture<List<JsonNode>> models(String id);

    /** Its jobs, whose results have no key. */
    ImageBatches batches();

    /**
     * Hears how a job gets on, without blocking the caller, where the service tells it by itself.
     *
     * @param id as in {@link io.github.camelgemini.image.backend.batch.Job#id()}
     * @param progress is told what is heard
     * @return done when there is nothing more to hear, or as soon as that fails, or at once where the service tells nothing;
     *     whatever it is, the job is asked for then. Cancelled, it ends
     */
    CompletableFuture<Void> watch(String id, ProgressListener progress);

    /** As {@link ImageBackend#close}. */
    @Override
    void close();
}
