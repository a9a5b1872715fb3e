package io.github.camelgemini.docs.sketch;

// tag::backend[]
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;

/** Sketches a picture of each prompt. */
final class SketchBackend implements ImageBackend {

    private final ServiceMeans means;

    SketchBackend(ServiceMeans means) {
        this.means = means;
    }

    @Override
    public ServiceTraits traits() {
        return SketchService.TRAITS;
    }

    @Override
    public void check(ImageRequest request) {
        // The traits are sufficient.
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        // Never on the thread of the route, which must not be blocked.
        return CompletableFuture.supplyAsync(() -> sketch(request), means.workers());
    }

    private ImageResult sketch(ImageRequest request) {
        boolean wide = request.get(Parameter.ASPECT_RATIO)
                .map(ratio -> ratio.toString().equals("16:9"))
                .orElse(false);
        BufferedImage paper = new BufferedImage(wide ? 320 : 180, 180, BufferedImage.TYPE_INT_RGB);
        Graphics2D pencil = paper.createGraphics();
        int length = request.prompt().length();
        pencil.drawOval(90 - length % 80, 50, 2 + length % 80 * 2, 80);
        pencil.dispose();
        try (PayloadStore.Writer writer = means.store().newWriter()) {
            ImageIO.write(paper, "png", writer);
            Payload bytes = writer.finish();
            GeneratedImage picture =
                    new GeneratedImage(bytes, ImageInfo.read(bytes).orElseThrow());
            return new ImageResult(
                    List.of(picture), null, List.of(), request.model(), null, "STOP", null, Usage.NONE, null, null, 1);
        } catch (IOException e) {
            throw new GeminiImageException("The sketch cannot be kept: " + e.getMessage(), null, e);
        }
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        throw new UnsupportedOperationException("not asked for: the traits do not have it");
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        throw new UnsupportedOperationException("not asked for: the traits do not have it");
    }

    @Override
    public ImageBatches batches() {
        throw new GeminiImageException("Sketch does not support batches");
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
// end::backend[]
