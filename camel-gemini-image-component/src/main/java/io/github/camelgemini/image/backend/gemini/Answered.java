package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The answer to a request, {@code →} its result, or the request for the rest of the answer.
 *
 * @param sent the request
 * @param json the answer, with its pictures as payloads, which this record now owns
 * @param tier the service tier from the answer's header, or null
 * @param catalog of the models as the service offers them, for the cost
 * @param fetch gets pictures that the answer refers to by URL
 * @param onCancel receives the task that ends these downloads
 * @param failure creates the exception for an incomplete answer
 */
public record Answered(
        ImageRequest sent,
        JsonNode json,
        String tier,
        ModelCatalog catalog,
        PictureFetch fetch,
        Consumer<Runnable> onCancel,
        Function<IOException, GeminiImageException> failure) {

    /**
     * Blocks while pictures are downloaded.
     *
     * @throws UnfinishedAnswerException when another call is needed for the rest of the answer
     * @throws GeminiImageException when the answer contains no picture
     */
    public ImageResult result() {
        Optional<AnswerSoFar> soFar = AnswerSoFar.after(sent, json);
        if (soFar.isEmpty()) {
            return read(json, fetch);
        }
        if (soFar.get().goesOn()) {
            // This runs wherever a call ends, and must not wait for a server there.
            throw new UnfinishedAnswerException(
                    sent.goingOn(soFar.get()), () -> whole(soFar.get(), Answered::isTooLate));
        }
        return whole(soFar.get(), fetch);
    }

    /**
     * The result of a request in a batch. The request itself is not available any more.
     *
     * @param asked the request data that the price depends on
     * @param json the answer, with its pictures as payloads, which the result now owns
     * @throws GeminiImageException when the answer contains no picture
     */
    public static ImageResult ofBatch(
            Asked asked, JsonNode json, ModelCatalog catalog, PictureFetch fetch, Consumer<Runnable> onCancel) {
        return GenerateContentResponse.read(asked, json, null, catalog, new RemotePictures(fetch, onCancel));
    }

    private static CompletableFuture<GeneratedImage> isTooLate(String uri, PictureFetch.By by) {
        return CompletableFuture.failedFuture(
                new IllegalStateException("the answer is incomplete, so the image is not fetched"));
    }

    private ImageResult whole(AnswerSoFar soFar, PictureFetch fetching) {
        try {
            return read(soFar.whole(), fetching);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    private ImageResult read(JsonNode answer, PictureFetch fetching) {
        return GenerateContentResponse.read(
                sent.asked(), answer, tier, catalog, new RemotePictures(fetching, onCancel));
    }
}
