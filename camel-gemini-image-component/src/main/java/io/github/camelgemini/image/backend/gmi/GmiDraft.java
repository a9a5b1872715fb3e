package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.KnownJobs;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.gemini.GenerateContentBody;
import io.github.camelgemini.image.backend.http.UploadedReferences;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.Handle;
import io.github.camelgemini.image.payload.json.PayloadRequestBody;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okio.BufferedSink;
import okio.Okio;

/**
 * A request that is not submitted yet. Stores its JSON with the pictures of a conversation, which may be removed later.
 */
final class GmiDraft implements JobDraft {

    private static final MediaType JSON = MediaType.get("application/json");

    private final GmiApi api;
    private final ModelCatalog catalog;
    private final UploadedReferences references;
    private final KnownJobs known;
    private String model;
    private String fingerprint;
    private Payload body;

    GmiDraft(GmiApi api, ModelCatalog catalog, UploadedReferences references, KnownJobs known) {
        this.api = api;
        this.catalog = catalog;
        this.references = references;
        this.known = known;
    }

    @Override
    public boolean add(String key, ImageRequest request) throws IOException {
        if (body != null) {
            return false;
        }
        model = request.model();
        String name = GmiApi.nameOf(model, catalog);
        Map<Handle, PayloadSource> pictures = new LinkedHashMap<>();
        ObjectNode payload = payload(request, pictures);
        fingerprint = GmiFingerprint.of(name, payload);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("model", name);
        json.set("payload", payload);
        body = pictures.isEmpty()
                ? Payload.of(json.toString().getBytes(StandardCharsets.UTF_8))
                : written(new PayloadRequestBody(JSON, json.toString(), pictures), api.store());
        return true;
    }

    private ObjectNode payload(ImageRequest request, Map<Handle, PayloadSource> pictures) throws IOException {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        if (request.history().isEmpty()) {
            payload.put("prompt", request.prompt());
            if (!request.referenceImages().isEmpty()) {
                ArrayNode images = payload.putArray("image");
                references.addresses(request.referenceImages()).forEach(images::add);
            }
        } else {
            payload.set("contents", GenerateContentBody.contents(request, pictures));
        }
        request.get(Parameter.IMAGE_SIZE).ifPresent(size -> payload.put("image_size", size.wireName()));
        request.get(Parameter.ASPECT_RATIO).ifPresent(ratio -> payload.put("aspect_ratio", ratio.toString()));
        // The quality of the service's JPEG is not documented. If the route sets a quality, JPEG is made here from PNG.
        request.get(Parameter.OUTPUT_FORMAT)
                .filter(format -> format == OutputFormat.PNG
                        || format == OutputFormat.JPEG && !request.has(Parameter.OUTPUT_QUALITY))
                .ifPresent(format ->
                        payload.put("image_output_format", format.name().toLowerCase(Locale.ROOT)));
        return payload;
    }

    private static Payload written(PayloadRequestBody body, PayloadStore store) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            BufferedSink sink = Okio.buffer(Okio.sink(writer));
            body.writeTo(sink);
            sink.flush();
            return writer.finish();
        }
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public CompletableFuture<Job> submit(String name, URI webhook) {
        ErrorContext about =
                api.calls().context().forModel(model, catalog.successorOf(model).orElse(null));
        SourceRequestBody json;
        try {
            json = new SourceRequestBody(JSON, body);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return known.submit(name, fingerprint, () -> Steps.then(api.submit(json, about), this::submitted, job -> {}));
    }

    private CompletableFuture<Job> submitted(JsonNode answer) {
        try {
            GmiRequest request = new GmiRequest(answer);
            // Whether the outcome is there already is checked by the first poll.
            return CompletableFuture.completedFuture(
                    request.job(request.said(), api.calls().redact(request.error())));
        } finally {
            ResponseJson.discard(answer);
        }
    }

    /** Uploaded pictures are reused. */
    @Override
    public void close() {
        if (body != null) {
            body.discard();
        }
    }
}
