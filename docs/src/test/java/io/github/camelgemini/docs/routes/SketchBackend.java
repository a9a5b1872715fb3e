package io.github.camelgemini.docs.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another service that is open. */
// tag::backend[]
public class SketchBackend implements ImageBackend {

    private final Sketcher sketcher;

    public SketchBackend(Sketcher sketcher) {
        this.sketcher = sketcher;
    }

    @Override
    public ServiceTraits traits() {
        return SketchService.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {}

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        return sketcher.draw(request.prompt()).thenApply(bytes -> {
            Payload payload = Payload.of(bytes);
            ImageInfo info = ImageInfo.read(payload).orElseThrow();
            GeneratedImage picture = new GeneratedImage(payload, info);
            return new ImageResult(
                    List.of(picture), null, List.of(), request.model(), null, null, null, Usage.NONE, null, null, 1);
        });
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        throw new UnsupportedOperationException("never asked: it is not among the abilities of the traits");
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        throw new UnsupportedOperationException("never asked: it is not among the abilities of the traits");
    }

    @Override
    public void close() {}
    // end::backend[]

    /** The service: makes a picture without blocking. */
    public interface Sketcher {
        CompletableFuture<byte[]> draw(String prompt);
    }
    // tag::backend[]
}
// end::backend[]
