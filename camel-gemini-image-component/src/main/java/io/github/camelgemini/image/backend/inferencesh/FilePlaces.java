package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.backend.http.UploadedReferences;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The files of inference.sh, as upload locations for reference images. */
final class FilePlaces implements UploadedReferences.Places {

    private final InferenceshApi api;

    FilePlaces(InferenceshApi api) {
        this.api = api;
    }

    @Override
    public CompletableFuture<UploadedReferences.Place> find(ReferenceImage.Inline image) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("files")
                .addObject()
                .put("uri", "")
                .put("filename", "reference." + image.info().extension())
                .put("content_type", image.mimeType())
                .put("size", image.source().length());
        return Steps.apply(api.post("/files", json, api.calls().context().about("for an upload")), files -> {
            JsonNode file = files.isArray() ? files.path(0) : files;
            return new UploadedReferences.Place(
                    file.path("upload_url").asText(""),
                    image.mimeType(),
                    file.path("uri").asText(""),
                    file.path("id").asText(""));
        });
    }

    /** True if this cannot be found out. */
    @Override
    public CompletableFuture<Boolean> isThere(UploadedReferences.Place place) {
        if (!HttpCalls.isId(place.id())) {
            return CompletableFuture.completedFuture(true);
        }
        return api.get(
                        "/files/" + HttpCalls.segment(place.id()),
                        api.calls().context().about("for a file"))
                .handle((file, failure) ->
                        failure == null || !(Steps.cause(failure) instanceof ModelNotFoundException));
    }
}
