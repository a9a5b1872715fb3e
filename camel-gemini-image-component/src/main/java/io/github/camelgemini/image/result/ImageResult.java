package io.github.camelgemini.image.result;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Grounding;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.Turn;
import io.github.camelgemini.image.secret.OutsideText;
import io.github.camelgemini.image.secret.Secrets;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a request: the pictures, or where the service has stored them, and what the API said about them.
 *
 * @param images the pictures, without interim pictures
 * @param text the text of the answer, or null
 * @param thoughts the thoughts, in order; empty unless {@code includeThoughts} was set
 * @param model the model that answered, as the API names it
 * @param responseId the API's id of the answer, or null
 * @param finishReason of the API, usually {@code STOP}, or null
 * @param finishMessage the API's explanation of the finish reason, or null
 * @param usage the tokens as the API counted them; {@link Usage#NONE} for a service that counts none; null becomes
 *     {@code NONE}
 * @param estimatedCost in USD, from the tokens and the catalog's prices; null when the catalog does not know the model
 * @param grounding the search results, or null; Google requires its search suggestions to be shown
 * @param attempts number of calls
 * @param turn the answer as a turn of a conversation, with its parts and thought signatures, without thoughts; of
 *     several answers the first one; null when the backend does not give it
 * @param remoteImages pictures that the service has stored instead of sending them, as with {@code outputGcsUri};
 *     {@code images} may be empty then
 * @param failures of calls without a picture, if the request had {@code partialResults=keep}; their tokens and costs
 *     are included above
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
        Grounding grounding,
        int attempts,
        Turn turn,
        List<RemoteImage> remoteImages,
        List<GeminiImageException> failures) {

    /** Copies the lists, and removes credentials from the texts. */
    public ImageResult {
        text = Secrets.redact(text);
        model = OutsideText.word(model);
        responseId = OutsideText.word(responseId);
        finishReason = OutsideText.word(finishReason);
        finishMessage = OutsideText.of(finishMessage);
        usage = usage == null ? Usage.NONE : usage;
        images = List.copyOf(images);
        thoughts = thoughts.stream().map(Secrets::redact).toList();
        remoteImages = List.copyOf(remoteImages);
        failures = List.copyOf(failures);
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
            Grounding grounding,
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
                null,
                List.of(),
                List.of());
    }

    ImageResult withImages(List<GeneratedImage> others) {
        return with(others, attempts);
    }

    /** The same result with this number of calls. */
    public ImageResult withAttempts(int made) {
        return with(images, made);
    }

    private ImageResult with(List<GeneratedImage> others, int made) {
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
                made,
                turn,
                remoteImages,
                failures);
    }

    /**
     * Combines several answers to the same request. Pictures are in order, and texts are joined by line breaks. Tokens,
     * costs and attempts are added up, including those of failures. Ids, reasons and grounding are those of the first
     * answer.
     *
     * @param results at least one
     * @param failures of the calls without a picture
     */
    public static ImageResult combine(List<ImageResult> results, List<GeminiImageException> failures) {
        ImageResult first = results.get(0);
        if (results.size() == 1 && failures.isEmpty()) {
            return first;
        }
        results.stream().skip(1).forEach(ImageResult::discardTurn);
        String text =
                results.stream().map(ImageResult::text).filter(Objects::nonNull).collect(Collectors.joining("\n"));
        Stream<Usage> usage = Stream.concat(
                results.stream().map(ImageResult::usage), failures.stream().map(GeminiImageException::getUsage));
        Stream<BigDecimal> costs = Stream.concat(
                results.stream().map(ImageResult::estimatedCost),
                failures.stream().map(GeminiImageException::getEstimatedCost));
        int attempts = results.stream().mapToInt(ImageResult::attempts).sum()
                + failures.stream().mapToInt(GeminiImageException::getAttempts).sum();
        return new ImageResult(
                results.stream().flatMap(result -> result.images.stream()).toList(),
                text.isEmpty() ? null : text,
                results.stream().flatMap(result -> result.thoughts.stream()).toList(),
                first.model,
                first.responseId,
                first.finishReason,
                first.finishMessage,
                usage.reduce(Usage::plus).orElseThrow(),
                costs.filter(Objects::nonNull).reduce(BigDecimal::add).orElse(null),
                first.grounding,
                attempts,
                first.turn,
                results.stream().flatMap(result -> result.remoteImages.stream()).toList(),
                failures);
    }

    /** Removes the bytes of pictures and turn at once. For results that nobody has received. */
    public void discard() {
        payloads().forEach(Payload::discard);
    }

    /** See {@link Payload#handOut}. */
    void handOut() {
        payloads().forEach(Payload::handOut);
    }

    private Stream<Payload> payloads() {
        return Stream.concat(images.stream().map(GeneratedImage::payload), turnPayloads());
    }

    private Stream<Payload> turnPayloads() {
        return turn == null ? Stream.empty() : turn.payloads();
    }

    /** Discards the pictures of the turn that are not among the images. */
    private void discardTurn() {
        List<Payload> shown = images.stream().map(GeneratedImage::payload).toList();
        turnPayloads().filter(payload -> !shown.contains(payload)).forEach(Payload::discard);
    }

    /** Whether it is part of the turn. */
    boolean says(GeneratedImage image) {
        return turnPayloads().anyMatch(image.payload()::equals);
    }
}
