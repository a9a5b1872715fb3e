package io.github.camelgemini.image.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * What came back: at least one picture, and everything that the API said about it.
 *
 * @param images the pictures, without the interim ones of the model's thinking
 * @param text what the model said beside them, or null
 * @param thoughts what the model said while thinking, in order; empty unless {@code includeThoughts} was set
 * @param model the model that answered, as the API names it
 * @param responseId the API's id of the answer, or null
 * @param finishReason why it stopped, usually {@code STOP}, or null
 * @param finishMessage the API's sentence about that, or null
 * @param usage the tokens, as the API counted them
 * @param estimatedCost in USD, by the tokens and the catalog's prices; null when the catalog does not know the model
 * @param grounding the API's {@code groundingMetadata}, or null; Google requires its {@code searchEntryPoint} to be shown
 * @param attempts how many calls it took
 * @param turn what the model said, parts and thought signatures as they came but for its thoughts, to go on with in a
 *     conversation; of several answers that of the first; null when the backend does not say. Owned as by
 *     {@link Turn#retain}, apart from the pictures
 */
public record ImageResult(
        List<GeneratedImage> images,
        String text,
        List<String> thoughts,
        String model,
        String responseId,
        String finishReason,
        String finishMessage,
        Usage usage,
        BigDecimal estimatedCost,
        JsonNode grounding,
        int attempts,
        Turn turn) {

    /** Copies the lists. */
    public ImageResult {
        images = List.copyOf(images);
        thoughts = List.copyOf(thoughts);
    }

    /** A result of a service without conversations. */
    public ImageResult(
            List<GeneratedImage> images,
            String text,
            List<String> thoughts,
            String model,
            String responseId,
            String finishReason,
            String finishMessage,
            Usage usage,
            BigDecimal estimatedCost,
            JsonNode grounding,
            int attempts) {
        this(
                images,
                text,
                thoughts,
                model,
                responseId,
                finishReason,
                finishMessage,
                usage,
                estimatedCost,
                grounding,
                attempts,
                null);
    }

    ImageResult withImages(List<GeneratedImage> others) {
        return new ImageResult(
                others,
                text,
                thoughts,
                model,
                responseId,
                finishReason,
                finishMessage,
                usage,
                estimatedCost,
                grounding,
                attempts,
                turn);
    }

    public ImageResult withAttempts(int made) {
        return new ImageResult(
                images,
                text,
                thoughts,
                model,
                responseId,
                finishReason,
                finishMessage,
                usage,
                estimatedCost,
                grounding,
                made,
                turn);
    }

    /**
     * Several answers to the same request as one: the pictures in order, texts joined by a line break, tokens, costs and
     * attempts added up; ids and reasons are those of the first.
     */
    public static ImageResult combine(List<ImageResult> results) {
        ImageResult first = results.get(0);
        if (results.size() == 1) {
            return first;
        }
        results.stream().skip(1).forEach(ImageResult::releaseTurn);
        List<GeneratedImage> images = new ArrayList<>();
        List<String> thoughts = new ArrayList<>();
        results.forEach(result -> {
            images.addAll(result.images);
            thoughts.addAll(result.thoughts);
        });
        String text =
                results.stream().map(ImageResult::text).filter(Objects::nonNull).collect(Collectors.joining("\n"));
        Optional<BigDecimal> cost = results.stream()
                .map(ImageResult::estimatedCost)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add);
        return new ImageResult(
                images,
                text.isEmpty() ? null : text,
                thoughts,
                first.model,
                first.responseId,
                first.finishReason,
                first.finishMessage,
                results.stream().map(ImageResult::usage).reduce(Usage::plus).orElseThrow(),
                cost.orElse(null),
                first.grounding,
                results.stream().mapToInt(ImageResult::attempts).sum(),
                first.turn);
    }

    /** Lets go of the pictures' bytes, when nobody will take them. */
    public void release() {
        images.forEach(GeneratedImage::release);
        releaseTurn();
    }

    private void releaseTurn() {
        if (turn != null) {
            turn.release();
        }
    }

    /** Makes the exchange the owner of all bytes, until it is done. */
    void bind(Exchange exchange) {
        images.forEach(image -> image.bind(exchange));
        if (turn != null) {
            // What the turn owned is handed over: one owner more, and one less.
            turn.payloads().forEach(payload -> payload.bind(exchange));
            turn.release();
        }
    }
}
