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
 * What was answered to a request, {@code →} its result, or that it goes on in a further call.
 *
 * @param sent the request
 * @param json the answer, its pictures as payloads, which are taken over
 * @param tier the tier that served it by the answer's header, or null
 * @param catalog of the models as the service offers them, for what it cost
 * @param fetch gets pictures that the answer names by address
 * @param onCancel takes what ends the fetching of these
 * @param failure what an answer that is not complete becomes
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
     * Blocks while pictures are fetched.
     *
     * @throws UnfinishedAnswerException when the rest of the answer is to be asked for
     * @throws GeminiImageException when there is no picture in it
     */
    public ImageResult result() {
        Optional<AnswerSoFar> soFar = AnswerSoFar.after(sent, json);
        if (soFar.isEmpty()) {
            return read(json, fetch);
        }
        if (soFar.get().goesOn()) {
            // Asked for wherever a call ends, where nothing may wait for a server.
            throw new UnfinishedAnswerException(
                    sent.goingOn(soFar.get()), () -> whole(soFar.get(), Answered::isTooLate));
        }
        return whole(soFar.get(), fetch);
    }

    /**
     * What was answered to a request of a batch, which is no longer at hand.
     *
     * @param asked what an answer cannot be priced without
     * @param json the answer, its pictures as payloads, which are taken over
     * @throws GeminiImageException when there is no picture in it
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
