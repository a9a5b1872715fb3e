package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.picture.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Answers one accepted request as an image model does.
 *
 * @param call where it came in
 * @param model who answers
 * @param request what is asked
 * @param generation what the faults change
 */
record Generator(ApiCall call, ImageModel model, GenerateRequest request, Generation generation) {

    private static final int THOUGHT_PICTURES = 2;
    private static final int SHOWN_PROMPT = 200;

    CompletableFuture<Answer> answer(Studio studio) {
        Drawings drawings = new Drawings(request, model, generation);
        int results = generation.parts ? generation.pictures : 0;
        int thoughts = generation.parts && (request.wantsThoughts() || generation.thoughts) ? THOUGHT_PICTURES : 0;
        List<CompletableFuture<EncodedPicture>> pictures = new ArrayList<>();
        for (int n = -thoughts; n < results; n++) {
            pictures.add(studio.make(drawings.drawing(n)));
        }
        return CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    List<EncodedPicture> drawn =
                            pictures.stream().map(CompletableFuture::join).toList();
                    return answer(drawings, drawn.subList(0, thoughts), drawn.subList(thoughts, drawn.size()));
                });
    }

    private Answer answer(Drawings drawings, List<EncodedPicture> interim, List<EncodedPicture> made) {
        List<ObjectNode> parts = generation.parts ? parts(drawings, interim, made) : List.of();
        boolean content = generation.parts || generation.emptyContent;
        boolean grounded = generation.parts && request.googleSearch().isObject();
        Tokens output = new Tokens(
                textTokens(parts), made.size() * model.tokensPerPicture().get(drawings.size()));
        return new Answer(
                content ? Optional.of(parts) : Optional.empty(),
                generation.finishReason,
                Optional.ofNullable(generation.finishMessage),
                grounded ? Optional.of(Grounding.of(request)) : Optional.empty(),
                Optional.ofNullable(generation.blockReason),
                frame(usage(output)));
    }

    private List<ObjectNode> parts(Drawings drawings, List<EncodedPicture> interim, List<EncodedPicture> made) {
        AnswerParts parts = new AnswerParts(generation, model.thoughtSignatures(), drawings.identity());
        for (int i = 0; i < interim.size(); i++) {
            parts.thought("**Draft " + (i + 1) + "**\n\nI look at how the picture holds together.");
            parts.thought(interim.get(i));
        }
        if (generation.text != null) {
            parts.text(generation.text);
        } else if (request.wantsText()) {
            parts.text("Here is your picture: " + Words.shortened(request.prompt(), SHOWN_PROMPT));
        }
        if (generation.longText > 0) {
            parts.longText(generation.longText);
        }
        for (int i = 0; i < generation.manyParts; i++) {
            parts.text("x");
        }
        made.forEach(parts::picture);
        return parts.list();
    }

    private static int textTokens(List<ObjectNode> parts) {
        return parts.stream()
                .filter(part ->
                        !part.path("thought").asBoolean() && part.path("text").isTextual())
                .mapToInt(part -> Tokens.ofText(part.path("text").asText()))
                .sum();
    }

    /** Of the order that live calls show; the real number differs from call to call. */
    private int thinkingTokens() {
        if (generation.blockReason != null || model.thinkingLevels().isEmpty()) {
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
