package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The chunks of a streamed answer.
 *
 * @param chunks in order
 */
public record StreamedAnswer(List<JsonNode> chunks) {

    private static final String USAGE = "usageMetadata";

    /**
     * The chunks of an answer.
     *
     * @param broken replaces all chunks except the first, when the stream is to break
     */
    public static StreamedAnswer of(Answer answer, Generation generation, JsonNode broken) {
        List<JsonNode> chunks = new ArrayList<>(answer.chunks());
        if (generation.midStreamError) {
            chunks.subList(1, chunks.size()).clear();
            chunks.add(broken);
        }
        return new StreamedAnswer(chunks);
    }

    /** The same answer with each chunk changed. */
    public StreamedAnswer map(UnaryOperator<JsonNode> change) {
        return new StreamedAnswer(chunks.stream().map(change).toList());
    }

    /** The same answer with a thought in a chunk of its own before all others. */
    public StreamedAnswer thinking(String thought) {
        JsonNode first = chunks.get(0);
        if (!first.has("candidates")) {
            return this;
        }
        ObjectNode chunk = first.deepCopy();
        ObjectNode candidate = chunk.putArray("candidates").addObject();
        candidate.putObject("content").put("role", "model").putArray("parts").addObject();
        ((ObjectNode) candidate.at("/content/parts/0")).put("text", thought).put("thought", true);
        candidate.put("index", 0);
        List<JsonNode> more = new ArrayList<>();
        more.add(chunk);
        more.addAll(chunks);
        return new StreamedAnswer(more);
    }

    /**
     * The same answer with the tokens in a last chunk of their own, which has no candidates; unless the stream breaks.
     */
    public StreamedAnswer usageLast() {
        List<JsonNode> moved = new ArrayList<>();
        chunks.forEach(chunk -> moved.add(without(chunk, USAGE)));
        JsonNode last = chunks.get(chunks.size() - 1);
        if (last.has(USAGE)) {
            moved.add(without(without(last, "candidates"), "promptFeedback"));
        }
        return new StreamedAnswer(moved);
    }

    private static JsonNode without(JsonNode chunk, String field) {
        ObjectNode copy = chunk.deepCopy();
        copy.remove(field);
        return copy;
    }

    /** The reply with server-sent events, or with one JSON array. */
    public Reply reply(boolean events) {
        return events ? events() : array();
    }

    private Reply events() {
        List<Body> pieces = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            pieces.add(Body.of("data: "));
            pieces.add(JsonBody.of(chunk));
            pieces.add(Body.of("\r\n\r\n"));
        }
        return new Reply(200, "text/event-stream", Body.concat(pieces));
    }

    private Reply array() {
        List<Body> pieces = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            pieces.add(Body.of(pieces.isEmpty() ? "[" : ",\r\n"));
            pieces.add(JsonBody.of(chunk));
        }
        pieces.add(Body.of("]"));
        return new Reply(200, Reply.JSON, Body.concat(pieces));
    }
}
