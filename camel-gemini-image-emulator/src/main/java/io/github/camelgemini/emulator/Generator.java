package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.picture.Studio;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Answers an accepted request as an image model does. */
final class Generator {

    private static final int THOUGHT_PICTURES = 2;

    private final Studio studio;

    Generator(Studio studio) {
        this.studio = studio;
    }

    CompletableFuture<Answer> generate(ApiCall call, ImageModel model, GenerateRequest request, Generation generation) {
        Drawings drawings = new Drawings(request, model, generation);
        int results = generation.parts ? generation.pictures : 0;
        int thoughts = generation.parts && (request.wantsThoughts() || generation.thoughts) ? THOUGHT_PICTURES : 0;
        List<CompletableFuture<byte[]>> pictures = new ArrayList<>();
        for (int n = -thoughts; n < results; n++) {
            pictures.add(studio.make(drawings.drawing(n)));
        }
        return CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    List<byte[]> drawn =
                            pictures.stream().map(CompletableFuture::join).toList();
                    List<byte[]> interim = drawn.subList(0, thoughts);
                    List<byte[]> made = drawn.subList(thoughts, drawn.size());
                    return answer(call, model, request, generation, drawings, interim, made);
                });
    }

    private static Answer answer(
            ApiCall call,
            ImageModel model,
            GenerateRequest request,
            Generation generation,
            Drawings drawings,
            List<byte[]> interim,
            List<byte[]> made) {
        Optional<List<ObjectNode>> parts = generation.parts
                ? Optional.of(parts(model, request, generation, drawings, interim, made))
                : Optional.<List<ObjectNode>>of(List.of()).filter(none -> generation.emptyContent);
        Tokens prompt = Tokens.ofPrompt(request);
        Tokens output = new Tokens(
                parts.orElse(List.of()).stream()
                        .filter(part -> !part.path("thought").asBoolean())
                        .mapToInt(part -> Tokens.ofText(part.path("text").asText()))
                        .sum(),
                made.size() * model.tokensPerPicture().get(drawings.size()));
        boolean thinks =
                generation.blockReason == null && !model.thinkingLevels().isEmpty();
        int thinking = thinks ? thinkingTokens(request, model) : 0;
        Optional<ObjectNode> grounding = Optional.of(request)
                .filter(r -> r.googleSearch().isObject() && generation.parts)
                .map(Grounding::of);
        return new Answer(
                parts,
                generation.finishReason,
                Optional.ofNullable(generation.finishMessage),
                grounding,
                Optional.ofNullable(generation.blockReason),
                frame(call, model, usage(call, request, prompt, output, thinking)));
    }

    private static List<ObjectNode> parts(
            ImageModel model,
            GenerateRequest request,
            Generation generation,
            Drawings drawings,
            List<byte[]> interim,
            List<byte[]> made) {
        AnswerParts parts = new AnswerParts(generation, model.thoughtSignatures(), drawings.identity());
        for (int i = 0; i < interim.size(); i++) {
            parts.thought("**Draft " + (i + 1) + "**\n\nI look at how the picture holds together.");
            parts.thought(drawings.mimeType(), interim.get(i));
        }
        if (generation.text != null) {
            parts.text(generation.text);
        } else if (request.wantsText()) {
            parts.text("Here is your picture: " + shortened(request.prompt()));
        }
        if (generation.longText > 0) {
            parts.longText(generation.longText);
        }
        for (int i = 0; i < generation.manyParts; i++) {
            parts.text("x");
        }
        made.forEach(picture -> parts.picture(drawings.mimeType(), picture));
        return parts.list();
    }

    private static String shortened(String prompt) {
        return prompt.length() > 200 ? prompt.substring(0, 200) + "…" : prompt;
    }

    /** Of the order that live calls show; the real number differs from call to call. */
    private static int thinkingTokens(GenerateRequest request, ImageModel model) {
        return switch (request.thinkingLevel().orElse(model.thinkingLevels().get(0))) {
            case "minimal" -> 60;
            case "low", "medium" -> 200;
            default -> 400;
        };
    }

    private static ObjectNode usage(ApiCall call, GenerateRequest request, Tokens prompt, Tokens output, int thinking) {
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

    private static ObjectNode frame(ApiCall call, ImageModel model, ObjectNode usage) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.set("usageMetadata", usage);
        frame.put("modelVersion", model.id());
        if (call.surface().isVertex()) {
            frame.put("createTime", Instant.now().toString());
        }
        return frame.put("responseId", UUID.randomUUID().toString().replace("-", ""));
    }
}
