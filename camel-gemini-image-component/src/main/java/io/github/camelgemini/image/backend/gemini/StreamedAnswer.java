package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.util.stream.StreamSupport;

/**
 * The chunks of a streamed answer {@code →} the answer that would have come in one piece: parts one after the other, of
 * everything else the last that was said.
 */
final class StreamedAnswer {

    /**
     * Marks a text that goes on with the one before, which has ended with its chunk. They stay two parts, since a thought
     * signature belongs to one of them.
     */
    static final String CONTINUES = "continues";

    private static final int MOST_PARTS = 100_000;

    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    private final ObjectNode candidate = JsonNodeFactory.instance.objectNode();
    private final ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    private long textLength;
    private long payloadBytes;

    /**
     * Adds a chunk and its payloads.
     *
     * @throws MalformedResponseException when there is no end to it; then the chunk's payloads are not part of this
     */
    void add(JsonNode sent) {
        JsonNode chunk = AnswerParts.unwrapped(sent);
        limit(chunk);
        chunk.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("candidates") && !field.getValue().isNull()) {
                answer.set(field.getKey(), field.getValue());
            }
        });
        for (JsonNode each : chunk.path("candidates")) {
            each.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("content") && !field.getValue().isNull()) {
                    candidate.set(field.getKey(), field.getValue());
                }
            });
            boolean first = true;
            for (JsonNode part : each.path("content").path("parts")) {
                add(part, first);
                first = false;
            }
        }
    }

    private void add(JsonNode part, boolean firstOfChunk) {
        JsonNode last = parts.path(parts.size() - 1);
        boolean continues = firstOfChunk
                && isText(part)
                && isText(last)
                && part.path("thought").asBoolean() == last.path("thought").asBoolean();
        if (continues) {
            ((ObjectNode) part).put(CONTINUES, true);
        }
        parts.add(part);
    }

    private static boolean isText(JsonNode part) {
        return part.path("text").isTextual();
    }

    /** The limits of an answer hold for each chunk already; a stream has any number of them. */
    private void limit(JsonNode chunk) {
        for (JsonNode each : chunk.path("candidates")) {
            for (JsonNode part : each.path("content").path("parts")) {
                textLength += part.path("text").asText().length();
            }
        }
        payloadBytes +=
                ResponseJson.payloads(chunk).stream().mapToLong(Payload::length).sum();
        AnswerLimits limits = AnswerLimits.DEFAULT;
        if (parts.size() > MOST_PARTS || textLength > limits.stringLength() || payloadBytes > limits.payloadBytes()) {
            throw new MalformedResponseException(
                    "The streamed answer does not end: " + parts.size() + " parts with " + textLength
                            + " characters and " + payloadBytes + " bytes of pictures so far",
                    ProviderError.NONE,
                    null);
        }
    }

    /** What was said beside candidates, such as the error that the stream ended with. */
    JsonNode withoutCandidates() {
        return answer;
    }

    boolean hasPicture() {
        return StreamSupport.stream(parts.spliterator(), false).anyMatch(AnswerParts::isPicture);
    }

    /**
     * The whole answer. A picture makes it one without a reason to finish too, which some gateways
     * do not send: each comes whole in one chunk, and is paid for.
     *
     * @throws IOException when the stream ended before the model had
     */
    JsonNode whole() throws IOException {
        if (!candidate.hasNonNull("finishReason")
                && !answer.path("promptFeedback").hasNonNull("blockReason")
                && !hasPicture()) {
            throw new IOException("the stream of the answer ended without a finish reason");
        }
        candidate.putObject("content").set("parts", parts);
        answer.putArray("candidates").add(candidate);
        return answer;
    }

    /** Discards all payloads, when it comes to no answer. */
    void discard() {
        ResponseJson.discard(parts);
    }
}
