package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Makes {@code generate} work with a service whose API is a queue: submits a request once, then waits for its job.
 *
 * <p>After the submission, a failure never leads to another submission, because that would be billed again. Failed
 * polls and downloads are retried here until the time-out of the call. Cancelling a call cancels its job at the
 * service. A call that runs out of time leaves its job running, see {@link JobCall#leave}, so its picture can be
 * fetched later.
 */
public final class PolledBackend implements ImageBackend {

    private final QueueService service;
    private final ServiceMeans means;

    /**
     * Makes calls with a queue.
     *
     * @param service closed with this backend
     * @param means of the component
     */
    public PolledBackend(QueueService service, ServiceMeans means) {
        this.service = service;
        this.means = means;
    }

    @Override
    public ServiceTraits traits() {
        return service.traits();
    }

    @Override
    public void check(ImageRequest request) {
        service.check(request);
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        return new PolledCall(service, request, means).start();
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        return CompletableFuture.failedFuture(new InvalidRequestException(traits().title() + " does not count tokens"));
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        return service.models(id);
    }

    @Override
    public ImageBatches batches() {
        return service.batches();
    }

    @Override
    public void close() {
        service.close();
    }

    @Override
    public String toString() {
        return traits().title();
    }
}
