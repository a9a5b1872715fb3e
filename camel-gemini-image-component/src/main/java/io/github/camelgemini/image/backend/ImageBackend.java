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
 * The open connection to an {@link ImageService}: {@code ImageRequest → ImageResult}. One method call makes one
 * request. The component adds retries, rate limits and time-outs around it. It also handles the output format and the
 * number of pictures.
 */
public interface ImageBackend extends AutoCloseable {

    /** What the service takes. The component refuses everything else before it calls. */
    ServiceTraits traits();

    /**
     * Refuses what the traits and the model catalog cannot express. Called with the endpoint's options when it starts,
     * and with every request.
     *
     * @throws InvalidRequestException names the parameter, and the services that have it
     */
    void check(ImageRequest request);

    /**
     * Requests a picture without blocking the caller.
     *
     * <p>Cancelling the future ends the call. The payloads of a result belong to its receiver. The reference images of
     * the request are read until the future is done.
     *
     * @return a result with at least one picture, and {@link Usage#NONE} if the service reports no tokens. Failures
     *     complete the future with a {@link io.github.camelgemini.image.error.GeminiImageException}. Null, a future of
     *     null, or a result without pictures is treated as a failure that names the backend.
     */
    CompletableFuture<ImageResult> generate(ImageRequest request);

    /**
     * Counts the tokens of a request, with history and pictures. Costs nothing. Called only if the service has {@link
     * ServiceTraits.Ability#COUNT_TOKENS}.
     *
     * @return all tokens as prompt tokens; null is treated as a failure
     */
    CompletableFuture<Usage> countTokens(ImageRequest request);

    /**
     * Lists models as the service describes them: {@code name} and all other fields that it gives. Called only if the
     * service has {@link ServiceTraits.Ability#MODELS}.
     *
     * @param id the model to describe, or null for all
     */
    CompletableFuture<List<JsonNode>> models(String id);

    /** The batches of the service. Called only if it has {@link ServiceTraits.Ability#BATCH}. */
    ImageBatches batches();

    /** Releases connections and threads. Calls in flight fail. */
    @Override
    void close();
}
