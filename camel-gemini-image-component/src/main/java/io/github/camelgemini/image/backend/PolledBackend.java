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
 * Draws at once by a service whose API is a queue: a request is submitted once, then it is waited for.
 *
 * <p>From then on no failure is one that is answered by submitting again, since that would be paid again: whatever fails on the
 * way is tried again here, for as long as the call may take. A call that is cancelled cancels its job at the service. One that
 * runs out of time leaves it, see {@link JobCall#leave}: the picture can still be had.
 */
public final class PolledBackend implements ImageBackend {

    private final QueueService service;
    private final ServiceMeans means;

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
