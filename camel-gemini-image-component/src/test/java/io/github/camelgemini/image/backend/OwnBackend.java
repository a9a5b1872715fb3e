package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A backend for tests that makes pictures with a function. */
public class OwnBackend implements ImageBackend {

    private final Function<ImageRequest, CompletableFuture<ImageResult>> drawing;

    /** Supports no generation. */
    protected OwnBackend() {
        this(request -> {
            throw new UnsupportedOperationException();
        });
    }

    public OwnBackend(Function<ImageRequest, CompletableFuture<ImageResult>> drawing) {
        this.drawing = drawing;
    }

    @Override
    public ServiceTraits traits() {
        return OwnService.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {}

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        return drawing.apply(request);
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ImageBatches batches() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
