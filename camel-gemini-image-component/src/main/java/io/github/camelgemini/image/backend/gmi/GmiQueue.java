package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.QueueService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The request queue of GMI Cloud. It sends no events. */
final class GmiQueue implements QueueService {

    private final GmiApi api;
    private final ModelCatalog catalog;
    private final GmiRequests requests;

    GmiQueue(HttpCalls calls, ServiceMeans means) {
        this.api = new GmiApi(calls, means.store());
        this.catalog = means.catalog().at(GmiTraits.TRAITS.face());
        this.requests = new GmiRequests(api, catalog, means);
    }

    @Override
    public ServiceTraits traits() {
        return GmiTraits.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {
        // The traits and the catalog are sufficient.
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        if (id != null) {
            String name = GmiApi.nameOf(id, catalog);
            ErrorContext about =
                    api.calls().context().forModel(id, catalog.successorOf(id).orElse(null));
            return Steps.apply(
                    api.get("/models/" + HttpCalls.segment(name), about), model -> List.of(named(model, name)));
        }
        return Steps.apply(api.get("/models", api.calls().context().about("for its models")), answer -> {
            List<JsonNode> models = new ArrayList<>();
            for (JsonNode model : answer.isArray() ? answer : answer.path("modelIds")) {
                models.add(JsonNodeFactory.instance.objectNode().put("name", model.asText()));
            }
            return models;
        });
    }

    private static JsonNode named(JsonNode model, String asked) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("name", model.path("model").asText(asked));
        if (model instanceof ObjectNode object) {
            named.setAll(object);
        }
        return named;
    }

    @Override
    public ImageBatches batches() {
        return requests;
    }

    @Override
    public CompletableFuture<Void> watch(String id, ProgressListener progress) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        api.calls().close();
    }
}
