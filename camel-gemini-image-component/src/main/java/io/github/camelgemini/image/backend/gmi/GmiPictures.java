package io.github.camelgemini.image.backend.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.backend.JobPictures;
import io.github.camelgemini.image.backend.MissingPictures;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.Consumption;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.ThoughtSignature;
import io.github.camelgemini.image.request.Turn;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outcome of a finished request, {@code →} its {@link ImageResult}, or the failure. Only the outcome is read,
 * because the payload beside it repeats the addresses of what was sent.
 *
 * @param request its payloads belong to this record
 * @param asked the request data, or null if not known
 */
record GmiPictures(GmiRequest request, Asked asked, ModelCatalog catalog, PictureFetch fetch) {

    private static final Logger LOG = LoggerFactory.getLogger(GmiPictures.class);

    /** The largest number of billed pictures that is accepted for a request. */
    private static final int MOST_BILLED = 100;

    /** Downloads the pictures that are not in the outcome itself. Cancelling the future ends the downloads. */
    CompletableFuture<JobResult> result() {
        List<GeneratedImage> inline = inline();
        CompletableFuture<JobPictures> fetched = JobPictures.fetch(
                addresses(inline.isEmpty()), fetch, "GMI Cloud completed request " + request.id(), request.updated());
        CompletableFuture<JobResult> result = Steps.apply(fetched, pictures -> read(inline, pictures));
        result.whenComplete((done, failure) -> {
            if (failure != null) {
                ResponseJson.discard(request.json());
            }
        });
        return result;
    }

    /**
     * The addresses as documents of similar models describe them, then as clients have seen them. Without the
     * thumbnail.
     */
    private Set<String> addresses(boolean anywhere) {
        JsonNode outcome = request.outcome();
        Set<String> addresses = new LinkedHashSet<>();
        for (String list : List.of("mediaUrls", "images")) {
            for (JsonNode entry : outcome.path(list)) {
                add(entry.isTextual() ? entry : entry.path("url"), addresses);
            }
        }
        for (JsonNode part : parts()) {
            if (!part.path("thought").asBoolean()) {
                add(part.path("fileData").path("fileUri"), addresses);
            }
        }
        if (addresses.isEmpty() && anywhere) {
            for (String field : List.of("imageUrl", "url")) {
                add(outcome.path(field), addresses);
            }
        }
        return addresses;
    }

    private static void add(JsonNode address, Set<String> addresses) {
        if (address.isTextual() && address.asText().matches("(?i)https?://.+")) {
            addresses.add(address.asText());
        }
    }

    private List<JsonNode> parts() {
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode candidate : request.outcome().path("candidates")) {
            candidate.path("content").path("parts").forEach(parts::add);
        }
        return parts;
    }

    /** The pictures in the outcome itself; other payloads are discarded. */
    private List<GeneratedImage> inline() {
        List<GeneratedImage> images = new ArrayList<>();
        inlinePayloads().forEach(payload -> ImageInfo.read(payload)
                .ifPresentOrElse(info -> images.add(new GeneratedImage(payload, info)), payload::discard));
        return images;
    }

    private Stream<Payload> inlinePayloads() {
        return parts().stream()
                .map(part -> part.path("inlineData").path("data"))
                .filter(POJONode.class::isInstance)
                .map(data -> ((POJONode) data).getPojo())
                .filter(Payload.class::isInstance)
                .map(Payload.class::cast);
    }

    private JobResult read(List<GeneratedImage> inline, JobPictures fetched) {
        List<GeneratedImage> images = new ArrayList<>(inline);
        images.addAll(fetched.images());
        MissingPictures missing = fetched.missing();
        if (images.isEmpty()) {
            ResponseJson.discard(request.json());
            return new JobResult(null, null, withoutPicture(missing));
        }
        if (!missing.isEmpty()) {
            LOG.info("Images of request {} of GMI Cloud are not available: {}", request.id(), missing);
        }
        Turn turn = turn(images);
        letGoOfOthers(turn);
        return new JobResult(
                null,
                new ImageResult(
                        images,
                        text(),
                        List.of(),
                        model(),
                        request.id(),
                        finishReason(),
                        null,
                        Usage.NONE,
                        cost(images.size()),
                        null,
                        1,
                        turn,
                        List.of(),
                        List.of()),
                null);
    }

    /** Discards the pictures of the repeated payload, and of the turns before. */
    private void letGoOfOthers(Turn turn) {
        Set<Payload> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        inlinePayloads().forEach(kept::add);
        if (turn != null) {
            turn.payloads().forEach(kept::add);
        }
        ResponseJson.payloads(request.json()).stream()
                .filter(payload -> !kept.contains(payload))
                .forEach(Payload::discard);
    }

    /**
     * What the model said, from {@code next_turn_contents}, with the signatures that the next turn needs. Its pictures
     * are the downloaded ones, because nobody knows how long their addresses are valid.
     */
    private Turn turn(List<GeneratedImage> images) {
        JsonNode contents = request.outcome().path("nextTurnContents");
        JsonNode said = contents.path(contents.size() - 1);
        if (!said.path("role").asText().equals("model")) {
            return null;
        }
        List<Turn.Part> parts = new ArrayList<>();
        int picture = 0;
        for (JsonNode part : said.path("parts")) {
            if (part.path("thought").asBoolean()) {
                continue;
            }
            PayloadSource signature = signature(part);
            if (part.path("text").isTextual()) {
                parts.add(new Turn.Text(part.path("text").asText(), false, signature));
            } else if ((part.has("inlineData") || part.has("fileData")) && picture < images.size()) {
                GeneratedImage image = images.get(picture++);
                parts.add(new Turn.Picture(new ReferenceImage.Inline(image, image.info()), false, signature));
            }
        }
        return parts.isEmpty() ? null : new Turn(Turn.Role.MODEL, parts);
    }

    /** An unreadable signature only matters if the conversation continues. */
    private static PayloadSource signature(JsonNode part) {
        try {
            return ThoughtSignature.read(part.path("thoughtSignature"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String text() {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : parts()) {
            String text = part.path("text").asText("");
            if (!text.isEmpty() && !part.path("thought").asBoolean()) {
                texts.add(text);
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private String finishReason() {
        return request.outcome().path("candidates").path(0).path("finishReason").asText(null);
    }

    private GeminiImageException withoutPicture(MissingPictures missing) {
        ProviderError provider = new ProviderError(200, null, null, model(), Usage.NONE, cost(1));
        if (!missing.isEmpty()) {
            return missing.failure("GMI Cloud completed request " + request.id() + " for model " + model(), provider);
        }
        String told = "GMI Cloud ended request " + request.id() + " without an image for model " + model();
        String reason = finishReason();
        return new NoImageException(
                told
                        + (reason == null ? "" : ", finish reason " + reason)
                        + (text() == null ? "" : "; the model answered with text: " + OutsideText.of(text())),
                reason,
                null,
                text(),
                provider);
    }

    /** The requested model, or else its name in the catalog. */
    private String model() {
        if (asked != null) {
            return asked.model();
        }
        String name = String.valueOf(request.model());
        return catalog.idOf(name).orElse(name);
    }

    private BigDecimal cost(int images) {
        if (images > MOST_BILLED) {
            return null;
        }
        Consumption consumption = asked == null
                ? Consumption.of(Usage.NONE).withImages(images, null)
                : asked.consumption(Usage.NONE, images);
        return catalog.find(model())
                .flatMap(model -> model.estimateCost(consumption))
                .orElse(null);
    }
}
