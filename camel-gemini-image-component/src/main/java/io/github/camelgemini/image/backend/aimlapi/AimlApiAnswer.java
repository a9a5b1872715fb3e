package io.github.camelgemini.image.backend.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.backend.MissingPictures;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Consumption;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of AI/ML API, {@code →} its {@link ImageResult}.
 *
 * @param request that was sent
 * @param json the answer: names in camelCase, pictures as payloads, which this record now owns
 * @param catalog gives the price if the service does not
 * @param id the header {@code x-inference-id}, or null
 * @param usd the header {@code x-aimlapi-usd-spent}, or null
 * @param credits the header {@code x-aimlapi-credits-used}, or null
 */
record AimlApiAnswer(ImageRequest request, JsonNode json, ModelCatalog catalog, String id, String usd, String credits) {

    private static final Logger LOG = LoggerFactory.getLogger(AimlApiAnswer.class);

    /** The largest number of pictures that is accepted in an answer. */
    private static final int MOST = 8;
    /** The highest cost that is accepted for one call: about a hundred times that of the most expensive one. */
    private static final BigDecimal MOST_DOLLARS = new BigDecimal(100);

    /** From the examples of its documentation, where 120,000 credits are $0.06. */
    private static final BigDecimal CREDITS_PER_USD = BigDecimal.valueOf(2_000_000);

    /** Removes the pictures of the answer. */
    void discard() {
        ResponseJson.discard(json);
    }

    /**
     * Fetches the pictures that the answer refers to by URL, without blocking.
     *
     * @return a result with at least one picture; cancelling it ends the downloads
     */
    CompletableFuture<ImageResult> result(PictureFetch fetch) {
        List<CompletableFuture<GeneratedImage>> pictures = new ArrayList<>();
        for (JsonNode entry : json.path("data")) {
            if (pictures.size() < MOST) {
                pictures.add(picture(entry, fetch));
            } else {
                ResponseJson.discard(entry);
            }
        }
        CompletableFuture<ImageResult> result = CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .handle((all, failure) -> result(pictures));
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                pictures.forEach(picture -> {
                    picture.cancel(true);
                    picture.thenAccept(GeneratedImage::discard);
                });
                discard();
            }
        });
        return result;
    }

    private CompletableFuture<GeneratedImage> picture(JsonNode entry, PictureFetch fetch) {
        if (entry.path("b64Json") instanceof POJONode pojo
                && pojo.getPojo() instanceof Payload payload
                && payload.length() > 0) {
            return inline(payload);
        }
        String url = entry.path("url").asText("");
        return url.isEmpty()
                ? CompletableFuture.failedFuture(new IllegalStateException("an entry has neither url nor b64_json"))
                : fetch.fetch(url, PictureFetch.By.SERVICE);
    }

    private static CompletableFuture<GeneratedImage> inline(Payload payload) {
        return ImageInfo.read(payload)
                .map(info -> CompletableFuture.completedFuture(new GeneratedImage(payload, info)))
                .orElseGet(() -> {
                    payload.discard();
                    return CompletableFuture.failedFuture(new IllegalStateException(
                            payload.length() + " bytes in b64_json are not an image of a known type"));
                });
    }

    private ImageResult result(List<CompletableFuture<GeneratedImage>> pictures) {
        MissingPictures missing = new MissingPictures();
        List<GeneratedImage> images = missing.takeOthers(pictures);
        if (images.isEmpty()) {
            discard();
            throw withoutPicture(missing);
        }
        if (!missing.isEmpty()) {
            LOG.info("Images that AI/ML API generated are not available: {}", missing);
        }
        images.forEach(image -> request.progress().received(image.info(), image.length()));
        return new ImageResult(
                images,
                null,
                List.of(),
                json.path("model").asText(request.model()),
                id,
                null,
                null,
                Usage.NONE,
                cost(images.size()),
                null,
                1);
    }

    private GeminiImageException withoutPicture(MissingPictures missing) {
        BigDecimal spent = spent();
        ProviderError provider = new ProviderError(200, null, null, request.model(), Usage.NONE, spent);
        if (!missing.isEmpty()) {
            return missing.failure("AI/ML API generated an image for model " + request.model(), provider);
        }
        return json.isObject() && (json.has("data") || json.has("meta"))
                ? new NoImageException(
                        "AI/ML API answered without an image for model " + request.model(), null, null, null, provider)
                : new MalformedResponseException("The answer of AI/ML API has no data", provider, null);
    }

    /** The cost from the service, or else from the catalog; null if neither gives it. */
    private BigDecimal cost(int images) {
        BigDecimal spent = spent();
        Consumption consumption = Consumption.of(Usage.NONE)
                .withImages(images, request.get(Parameter.IMAGE_SIZE).orElse(null))
                .withReferences(request.referenceImages().size());
        return spent != null
                ? spent
                : catalog.find(request.model())
                        .flatMap(model -> model.estimateCost(consumption))
                        .orElse(null);
    }

    private BigDecimal spent() {
        JsonNode usage = json.path("meta").path("usage");
        BigDecimal dollars = first(usage.path("usdSpent").asText(), usd, MOST_DOLLARS);
        if (dollars != null) {
            return dollars;
        }
        BigDecimal used = first(usage.path("creditsUsed").asText(), credits, MOST_DOLLARS.multiply(CREDITS_PER_USD));
        return used == null ? null : used.divide(CREDITS_PER_USD).stripTrailingZeros();
    }

    private static BigDecimal first(String one, String other, BigDecimal most) {
        return Stream.of(number(one, most), number(other, most))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Refuses negative amounts, amounts with too many digits, and amounts above {@code most}. */
    private static BigDecimal number(String text, BigDecimal most) {
        try {
            BigDecimal number = text == null || text.length() > 30 ? null : new BigDecimal(text.strip());
            boolean sane = number != null
                    && number.signum() >= 0
                    && Math.abs(number.scale()) <= 30
                    && number.compareTo(most) <= 0;
            return sane ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
