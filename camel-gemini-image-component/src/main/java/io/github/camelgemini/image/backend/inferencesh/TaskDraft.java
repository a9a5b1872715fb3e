package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.http.UploadedReferences;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A task that is not submitted yet. */
final class TaskDraft implements JobDraft {

    private final InferenceshApi api;
    private final UploadedReferences references;
    private final ModelCatalog catalog;
    private final KnownJobs known;
    private String model;
    private ObjectNode input;

    TaskDraft(InferenceshApi api, UploadedReferences references, ModelCatalog catalog, KnownJobs known) {
        this.api = api;
        this.references = references;
        this.catalog = catalog;
        this.known = known;
    }

    @Override
    public boolean add(String key, ImageRequest request) throws IOException {
        if (input != null) {
            return false;
        }
        model = request.model();
        input = TaskInput.of(request, references.addresses(request.referenceImages()));
        return true;
    }

    @Override
    public String fingerprint() {
        return TaskInput.fingerprint(Task.withoutVersion(app()), input);
    }

    private String app() {
        return catalog.find(model).map(ModelSpec::nameAtService).orElse(model);
    }

    @Override
    public CompletableFuture<Job> submit(String name, URI webhook) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("app", app());
        json.set("input", input);
        if (webhook != null) {
            json.put("webhook", webhook.toString());
        }
        ErrorContext about =
                api.calls().context().forModel(model, catalog.successorOf(model).orElse(null));
        return known.submit(
                name,
                fingerprint(),
                () -> Steps.apply(api.post("/apps/run", json, about), answer -> new Task(answer).job()));
    }

    @Override
    public void close() {
        // Uploaded pictures are reused.
    }
}
