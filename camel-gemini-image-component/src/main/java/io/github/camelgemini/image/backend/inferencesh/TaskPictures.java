package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.JobPictures;
import io.github.camelgemini.image.backend.MissingPictures;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.TokenCounts;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.Consumption;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of a finished task, {@code →} its {@link ImageResult}, or the failure.
 *
 * @param asked the request data, or null if not known; then the input of the task is used
 */
record TaskPictures(Task task, Asked asked, ModelCatalog catalog, PictureFetch fetch) {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPictures.class);
    /** The largest number of billed pictures that is accepted for a task. */
    private static final int MOST_BILLED = 100;

    /** Cancelling the future ends the downloads. */
    CompletableFuture<JobResult> results() {
        CompletableFuture<JobPictures> pictures = JobPictures.fetch(
                task.pictures(),
                fetch,
                "inference.sh completed task " + task.id(),
                task.job().ended());
        return Steps.apply(pictures, this::result);
    }

    private JobResult result(JobPictures pictures) {
        List<GeneratedImage> images = pictures.images();
        MissingPictures missing = pictures.missing();
        if (images.isEmpty()) {
            return new JobResult(null, null, withoutPicture(missing));
        }
        if (!missing.isEmpty()) {
            LOG.info("Images of task {} of inference.sh are not available: {}", task.id(), missing);
        }
        return new JobResult(
                null,
                new ImageResult(
                        images,
                        task.description(),
                        List.of(),
                        model(),
                        task.id(),
                        null,
                        null,
                        usage(),
                        cost(task.pictures().size()),
                        null,
                        1),
                null);
    }

    private GeminiImageException withoutPicture(MissingPictures missing) {
        ProviderError provider = new ProviderError(
                200, null, null, model(), usage(), cost(task.pictures().size()));
        if (!missing.isEmpty()) {
            return missing.failure("inference.sh completed task " + task.id() + " for model " + model(), provider);
        }
        return new NoImageException(
                "inference.sh completed task " + task.id() + " without an image for model " + model()
                        + (task.description() == null
                                ? ""
                                : "; the model answered with text: " + OutsideText.of(task.description())),
                null,
                null,
                task.description(),
                provider);
    }

    /** The requested model, or else the app's name in the catalog. */
    private String model() {
        if (asked != null) {
            return asked.model();
        }
        String app = task.app();
        return app == null ? "inference.sh" : catalog.idOf(app).orElse(app);
    }

    /** A price for each picture; a search is charged once for all of them. */
    private BigDecimal cost(int images) {
        if (images > MOST_BILLED) {
            return null;
        }
        Consumption consumption = asked == null
                ? Consumption.of(Usage.NONE).withImages(images, task.size())
                : asked.consumption(Usage.NONE, images);
        return catalog.find(model())
                .flatMap(model -> model.estimateCost(consumption.withSearches(task.searched() ? 1 : 0)))
                .orElse(null);
    }

    /** The text tokens, from {@code output_meta} if the service gives it. */
    private Usage usage() {
        JsonNode meta = task.json().path("output").path("output_meta");
        TokenCounts tokens = new TokenCounts();
        Map<String, Integer> sent = tokens.byKind(meta.path("inputs"), "type", "tokens");
        Map<String, Integer> drawn = tokens.byKind(meta.path("outputs"), "type", "tokens");
        int prompt = sent.values().stream().mapToInt(Integer::intValue).sum();
        int output = drawn.values().stream().mapToInt(Integer::intValue).sum();
        return prompt + output == 0 ? Usage.NONE : new Usage(prompt, output, 0, prompt + output, sent, drawn);
    }
}
