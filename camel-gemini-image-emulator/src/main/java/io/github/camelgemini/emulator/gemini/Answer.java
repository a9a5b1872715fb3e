package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer of a model as JSON, in one piece or in the chunks of a stream.
 *
 * @param parts of the content; empty without content
 * @param finishReason or empty
 * @param finishMessage the model's explanation
 * @param continuationToken for the next call of a continued answer
 * @param grounding the search results
 * @param blockReason why there is no candidate
 * @param frame the fields of every chunk besides its candidates
 */
public record Answer(
        Optional<List<ObjectNode>> parts,
        String finishReason,
        Optional<String> finishMessage,
        Optional<String> continuationToken,
        Optional<ObjectNode> grounding,
        Optional<String> blockReason,
        ObjectNode frame) {

    /** The answer in one piece. */
    public ObjectNode whole() {
        return message(parts, true);
    }

    /**
     * The answer in chunks: one part a chunk, texts in two, each picture whole, and the finish reason in the last one.
     */
    public List<ObjectNode> chunks() {
        List<ObjectNode> pieces =
                parts.orElse(List.of()).stream().flatMap(Answer::pieces).toList();
        if (pieces.isEmpty()) {
            return List.of(whole());
        }
        List<ObjectNode> chunks = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            chunks.add(message(Optional.of(List.of(pieces.get(i))), i == pieces.size() - 1));
        }
        return chunks;
    }

    /** The signature is in the first piece. */
    private static Stream<ObjectNode> pieces(ObjectNode part) {
        String text = part.path("text").isTextual() ? part.path("text").asText() : "";
        int middle = text.indexOf(' ', text.length() / 2);
        if (middle < 0) {
            return Stream.of(part);
        }
        ObjectNode first = part.deepCopy().put("text", text.substring(0, middle));
        ObjectNode second = part.deepCopy().put("text", text.substring(middle));
        second.remove("thoughtSignature");
        return Stream.of(first, second);
    }

    private ObjectNode message(Optional<List<ObjectNode>> shown, boolean last) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        if (blockReason.isPresent()) {
            message.putObject("promptFeedback").put("blockReason", blockReason.get());
        } else {
            message.putArray("candidates").add(candidate(shown, last));
        }
        message.setAll(frame);
        return message;
    }

    private ObjectNode candidate(Optional<List<ObjectNode>> shown, boolean last) {
        ObjectNode candidate = JsonNodeFactory.instance.objectNode();
        shown.ifPresent(list -> {
            ObjectNode content = candidate.putObject("content");
            if (!list.isEmpty()) {
                content.put("role", "model");
                ArrayNode array = content.putArray("parts");
                list.forEach(array::add);
            }
        });
        if (last) {
            candidate.put("finishReason", finishReason);
            finishMessage.ifPresent(text -> candidate.put("finishMessage", text));
            continuationToken.ifPresent(token -> candidate.put("continuationToken", token));
        }
        candidate.put("index", 0);
        if (last) {
            grounding.ifPresent(metadata -> candidate.set("groundingMetadata", metadata));
        }
        return candidate;
    }
}
