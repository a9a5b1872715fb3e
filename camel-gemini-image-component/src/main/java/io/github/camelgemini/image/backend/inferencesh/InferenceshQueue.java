package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.QueueService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The queue of inference.sh, with its event stream for tasks. */
final class InferenceshQueue implements QueueService {

    private final HttpCalls calls;
    private final InferenceshApi api;
    private final InferenceshTasks tasks;

    InferenceshQueue(HttpCalls calls, ServiceMeans means) {
        this.calls = calls;
        this.api = new InferenceshApi(calls);
        this.tasks = new InferenceshTasks(api, means);
    }

    @Override
    public ServiceTraits traits() {
        return InferenceshTraits.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {
        // The traits and the catalog are sufficient.
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        return CompletableFuture.failedFuture(new InvalidRequestException("inference.sh has no list of models"));
    }

    @Override
    public ImageBatches batches() {
        return tasks;
    }

    @Override
    public CompletableFuture<Void> watch(String id, ProgressListener progress) {
        return api.stream(Task.path(id) + "/stream", answer -> {
            new TaskUpdates(answer.body(), progress).readAll();
            return null;
        });
    }

    @Override
    public void close() {
        calls.close();
    }
}
