package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.picture.Words;
import io.github.camelgemini.emulator.wire.Base64Body;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Answers a valid request like an image model.
 *
 * @param call it arrived with
 * @param url of the service as the client knows it
 * @param model that answers
 * @param request to answer
 * @param hop the position of this call in its answer, and the changes of faults
 */
public record Generator(ApiCall call, String url, ImageModel model, GenerateRequest request, Continuations.Hop hop) {

    private static final int THOUGHT_PICTURES = 2;
    private static final int SHOWN_PROMPT = 200;

    private Generation generation() {
        return hop.generation();
    }

    /** Only the last call of an answer can be without parts. */
    private boolean hasParts() {
        return generation().parts || !hop.isLast();
    }

    /** The answer, when its pictures are ready. */
    public CompletableFuture<Answer> answer(Studio studio, Continuations continuations, HostedPictures hosted) {
        Drawings drawings = new Drawings(request.wish(), model, generation());
        int results = hasParts() && hop.hasPictures() ? generation().pictures : 0;
        boolean thinks = hop.number() == 0 && hasParts() && (request.wantsThoughts() || generation().thoughts);
        int thoughts = thinks ? THOUGHT_PICTURES : 0;
        List<CompletableFuture<EncodedPicture>> pictures = new ArrayList<>();
        for (int n = -thoughts; n < results; n++) {
            pictures.add(studio.make(drawings.drawing(n)));
        }
        return CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    List<EncodedPicture> drawn =
                            pictures.stream().map(CompletableFuture::join).toList();
                    AnswerParts parts = new AnswerParts(
                            generation(), model.thoughtSignatures(), drawings.identity() + hop.number());
                    if (hasParts()) {
                        drawn.subList(0, thoughts).forEach(parts::draft);
                        texts(parts);
                        drawn.subList(thoughts, drawn.size()).forEach(picture -> result(picture, parts, hosted));
                    }
                    int tokens = results * drawings.tokensPerPicture();
                    return answer(parts.list(), tokens, continuations);
                });
    }

    private Answer answer(List<ObjectNode> parts, int pictureTokens, Continuations continuations) {
        boolean content = hasParts() || generation().emptyContent;
        boolean grounded =
                hop.isLast() && generation().parts && request.googleSearch().isObject();
        return new Answer(
                content ? Optional.of(parts) : Optional.empty(),
                hop.isLast() ? generation().finishReason : "CONTINUATION",
                hop.isLast() ? Optional.ofNullable(generation().finishMessage) : Optional.empty(),
                hop.isLast() ? Optional.empty() : Optional.of(continuations.next(hop)),
                grounded ? Optional.of(Grounding.of(request)) : Optional.empty(),
                Optional.ofNullable(generation().blockReason),
                frame(usage(Tokens.ofAnswer(textTokens(parts), pictureTokens))));
    }

    private void texts(AnswerParts parts) {
        boolean onlyAddress = generation().formOr(Generation.Form.INLINE) == Generation.Form.URL;
        if (generation().text != null) {
            share(generation().text).ifPresent(parts::text);
        } else if (request.wantsText() && !onlyAddress) {
            share("Here is your picture: " + Words.shortened(request.prompt(), SHOWN_PROMPT))
                    .ifPresent(parts::text);
        }
        if (hop.number() > 0) {
            return;
        }
        if (generation().longText > 0) {
            parts.longText(generation().longText);
        }
        for (int i = 0; i < generation().manyParts; i++) {
            parts.text("x");
        }
    }

    /** The share of a text in this call: as many words as in the others, if there are enough. */
    private Optional<String> share(String text) {
        long calls = generation().continuations + 1L;
        String[] words = text.split("(?= )", -1);
        int from = (int) (words.length * (long) hop.number() / calls);
        int to = (int) (words.length * (hop.number() + 1L) / calls);
        return from == to
                ? Optional.empty()
                : Optional.of(String.join("", List.of(words).subList(from, to)));
    }

    private void result(EncodedPicture picture, AnswerParts parts, HostedPictures hosted) {
        Optional<String> prefix = request.outputUriPrefix();
        if (prefix.isPresent()) {
            String folder = prefix.get().endsWith("/") ? prefix.get() : prefix.get() + "/";
            String ending = picture.mimeType().equals("image/png") ? ".png" : ".jpeg";
            parts.pictureAt(picture.mimeType(), folder + UUID.randomUUID() + "/image" + ending);
            return;
        }
        switch (generation().formOr(Generation.Form.INLINE)) {
            case INLINE -> parts.picture(picture);
            case FILE_DATA -> parts.pictureAt(picture.mimeType(), address(picture, hosted));
            case URL -> parts.text(address(picture, hosted));
            case MARKDOWN -> parts.text("![picture](" + address(picture, hosted) + ")");
        }
    }

    private String address(EncodedPicture picture, HostedPictures hosted) {
        if (generation().pictureUrl != null) {
            return generation().pictureUrl;
        }
        Generation made = generation();
        return url + hosted.keep(picture.mimeType(), () -> Base64Body.plain(made.bytes(picture), made.pictureBytes));
    }

    private static int textTokens(List<ObjectNode> parts) {
        return parts.stream()
                .filter(part ->
                        !part.path("thought").asBoolean() && part.path("text").isTextual())
                .mapToInt(part -> Tokens.ofText(part.path("text").asText()))
                .sum();
    }

    /** About as many as in live calls; the real number differs from call to call. */
    private int thinkingTokens() {
        if (generation().blockReason != null || model.thinkingLevels().isEmpty()) {
            return 0;
        }
        return switch (request.thinkingLevel().orElse(model.thinkingLevels().get(0))) {
            case "minimal" -> 60;
            case "low", "medium" -> 200;
            default -> 400;
        };
    }

    private ObjectNode usage(Tokens output) {
        Tokens prompt = Tokens.ofPrompt(request);
        int thinking = thinkingTokens();
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("promptTokenCount", prompt.total());
        if (output.total() > 0) {
            usage.put("candidatesTokenCount", output.total());
        }
        if (thinking > 0) {
            usage.put("thoughtsTokenCount", thinking);
        }
        usage.put("totalTokenCount", prompt.total() + output.total() + thinking);
        usage.set("promptTokensDetails", prompt.details());
        if (output.total() > 0) {
            usage.set("candidatesTokensDetails", output.details());
        }
        if (call.surface().isVertex()) {
            usage.put("trafficType", "ON_DEMAND");
        } else {
            usage.put("serviceTier", request.serviceTier());
        }
        return usage;
    }

    private ObjectNode frame(ObjectNode usage) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.set("usageMetadata", usage);
        frame.put("modelVersion", model.id());
        if (call.surface().isVertex()) {
            frame.put("createTime", Instant.now().toString());
        }
        return frame.put("responseId", UUID.randomUUID().toString().replace("-", ""));
    }
}
