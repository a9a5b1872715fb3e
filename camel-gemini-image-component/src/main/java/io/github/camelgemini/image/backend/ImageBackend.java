package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code ImageRequest → ImageResult}: an {@link ImageService} that is open. One call makes one request; retries, limits and
 * time-outs are wrapped around it by the component, format and number of pictures are seen to by it as well.
 */
public interface ImageBackend extends AutoCloseable {

    /** What it takes; the component refuses everything else before it asks. */
    ServiceTraits traits();

    /**
     * Refuses what neither traits nor model catalog can say. Called with the endpoint's options when it starts, and with every
     * request.
     *
     * @throws InvalidRequestException naming the parameter and where it can be had
     */
    void check(ImageRequest request);

    /**
     * Asks for a picture, without blocking the caller.
     *
     * <p>Cancelling the future ends the call. The payloads of a result belong to whoever takes it. The reference pictures of
     * the request are read until the future is done.
     *
     * @return a result with at least one picture, and {@link Usage#NONE} where the service counts no tokens; or, as the
     *     failure of the future, a {@link io.github.camelgemini.image.error.GeminiImageException}. Null, a future of null and a
     *     result without pictures are failures that name the backend
     */
    CompletableFuture<ImageResult> generate(ImageRequest request);

    /**
     * Counts the tokens of what would be sent, history and pictures included; costs nothing. Asked only where {@link
     * ServiceTraits.Ability#COUNT_TOKENS} says so; so with models.
     *
     * @return all of them as prompt tokens; null is a failure
     */
    CompletableFuture<Usage> countTokens(ImageRequest request);

    /**
     * Lists models as the service describes them, with {@code name} and whatever else it tells.
     *
     * @param id of the one that is asked for, or null for all
     */
    CompletableFuture<List<JsonNode>> models(String id);

    /** What is drawn later. Asked for only where {@link ServiceTraits.Ability#BATCH} says so. */
    ImageBatches batches();

    /** Lets go of connections and threads; calls in flight fail. */
    @Override
    void close();
}
