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
 * What came back: at least one picture, here or where the service has put it, and everything that the API said about it.
 *
 * @param images the pictures, without the interim ones of the model's thinking
 * @param text what the model said beside them, or null
 * @param thoughts what the model said while thinking, in order; empty unless {@code includeThoughts} was set
 * @param model the model that answered, as the API names it
 * @param responseId the API's id of the answer, or null
 * @param finishReason why it stopped, usually {@code STOP}, or null
 * @param finishMessage the API's sentence about that, or null
 * @param usage the tokens, as the API counted them; {@link Usage#NONE}, which null becomes, for a service that counts none
 * @param estimatedCost in USD, by the tokens and the catalog's prices; null when the catalog does not know the model
 * @param grounding what the model looked up, or null; Google requires its search suggestions to be shown
 * @param attempts how many calls it took
 * @param turn what the model said, parts and thought signatures as they came but for its thoughts, to go on with in a
 *     conversation; of several answers that of the first; null when the backend does not say
 * @param remoteImages pictures that the service has put somewhere instead of sending them, as with {@code outputGcsUri}; then
 *     there need be none in {@code images}
 * @param failures of calls that brought no picture, where the request had {@code partialResults=keep}; their tokens and costs
 *     are in those above
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

    /** Copies the lists, and takes credentials out of the texts. */
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
     * Several answers to the same request as one: the pictures in order, texts joined by a line break, tokens, costs and
     * attempts added up, those of failures among them; ids, reasons and grounding are those of the first answer.
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

    /** Removes the bytes of pictures and turn at once, when nobody was shown them or will be. */
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

    /** What it has beside the pictures. */
    private void discardTurn() {
        List<Payload> shown = images.stream().map(GeneratedImage::payload).toList();
        turnPayloads().filter(payload -> !shown.contains(payload)).forEach(Payload::discard);
    }

    /** Whether it is part of what was said. */
    boolean says(GeneratedImage image) {
        return turnPayloads().anyMatch(image.payload()::equals);
    }
}
