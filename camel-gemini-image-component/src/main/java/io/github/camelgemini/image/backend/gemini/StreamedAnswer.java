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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins the chunks of a streamed answer to the answer that would have come in one piece. The parts follow one another;
 * for all other fields the last value counts. A stream has any number of chunks, so only the fields that are read are
 * kept.
 */
final class StreamedAnswer {

    /**
     * Marks a text that continues the text of the chunk before. They stay two parts if one has a thought signature,
     * which belongs to that part only.
     */
    static final String CONTINUES = "continues";

    /** The fields of an answer, and of an error in its place. */
    private static final Set<String> OF_ANSWER = Set.of(
            "usageMetadata",
            "promptFeedback",
            "modelVersion",
            "responseId",
            "error",
            "message",
            "code",
            "status",
            "type");

    private static final Set<String> OF_CANDIDATE =
            Set.of("finishReason", "finishMessage", "groundingMetadata", "continuationToken");
    private static final Set<String> CONTENT = Set.of("text", "inlineData", "fileData");
    private static final Set<String> ABOUT_CONTENT = Set.of("thought", "thoughtSignature", CONTINUES);
    /** The limit for everything that is kept besides pictures, in bytes: several times that of the longest answer. */
    private static final long MOST_KEPT = 16L << 20;

    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    private final ObjectNode candidate = JsonNodeFactory.instance.objectNode();
    private final ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    /** The text of the last part so far, if more of it may follow. */
    private final StringBuilder lastText = new StringBuilder();

    private long kept;
    private long textLength;
    private long payloadBytes;
    private boolean hasPicture;

    /**
     * Adds a chunk and its payloads.
     *
     * @throws MalformedResponseException when the answer exceeds the limit
     */
    void add(JsonNode sent) {
        JsonNode chunk = AnswerParts.unwrapped(sent);
        Set<Payload> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        setAll(chunk, OF_ANSWER, answer);
        for (JsonNode each : chunk.path("candidates")) {
            setAll(each, OF_CANDIDATE, candidate);
            boolean first = true;
            for (JsonNode part : each.path("content").path("parts")) {
                taken.addAll(add(part, first));
                first = false;
            }
        }
        ResponseJson.payloads(sent).stream()
                .filter(payload -> !taken.contains(payload))
                .forEach(Payload::discard);
        AnswerLimits limits = AnswerLimits.DEFAULT;
        if (kept > MOST_KEPT || textLength > limits.stringLength() || payloadBytes > limits.payloadBytes()) {
            throw new MalformedResponseException(
                    "The streamed answer does not end: " + parts.size() + " parts with " + textLength
                            + " characters and " + payloadBytes + " bytes of images so far",
                    ProviderError.NONE,
                    null);
        }
    }

    private void setAll(JsonNode from, Set<String> names, ObjectNode to) {
        for (String name : names) {
            if (from.hasNonNull(name)) {
                kept += ResponseJson.weight(from.get(name));
                JsonNode before = to.replace(name, from.get(name));
                kept -= before == null ? 0 : ResponseJson.weight(before);
            }
        }
    }

    /** Adds the fields of a part that are read; returns its payloads. */
    private List<Payload> add(JsonNode sent, boolean firstOfChunk) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        Stream.concat(CONTENT.stream(), ABOUT_CONTENT.stream())
                .filter(sent::hasNonNull)
                .forEach(name -> part.set(name, sent.get(name)));
        if (CONTENT.stream().noneMatch(part::has)) {
            return List.of();
        }
        textLength += part.path("text").asText().length();
        List<Payload> payloads = ResponseJson.payloads(part);
        payloadBytes += payloads.stream().mapToLong(Payload::length).sum();
        hasPicture |= AnswerParts.isPicture(part);
        JsonNode last = parts.path(parts.size() - 1);
        boolean continues = firstOfChunk
                && isText(part)
                && isText(last)
                && part.path("thought").asBoolean() == last.path("thought").asBoolean();
        if (continues && isOnlyText(part) && isOnlyText(last)) {
            lastText.append(part.path("text").asText());
            return payloads;
        }
        endText();
        if (continues) {
            part.put(CONTINUES, true);
        }
        if (isOnlyText(part)) {
            lastText.append(part.path("text").asText());
        }
        kept += ResponseJson.weight(part);
        parts.add(part);
        return payloads;
    }

    private void endText() {
        if (!lastText.isEmpty()) {
            ((ObjectNode) parts.get(parts.size() - 1)).put("text", lastText.toString());
            lastText.setLength(0);
        }
    }

    private static boolean isText(JsonNode part) {
        return part.path("text").isTextual();
    }

    private static boolean isOnlyText(JsonNode part) {
        return isText(part) && !part.has("thoughtSignature") && !part.has("inlineData") && !part.has("fileData");
    }

    /** Everything outside the candidates, such as the error at the end of the stream. */
    JsonNode withoutCandidates() {
        return answer;
    }

    boolean hasPicture() {
        return hasPicture;
    }

    /**
     * The whole answer. An answer with a picture is complete even without a finish reason, which some gateways leave
     * out: each picture comes whole in one chunk, and is billed.
     *
     * @throws IOException when the stream ended before the answer was complete
     */
    JsonNode whole() throws IOException {
        if (!candidate.hasNonNull("finishReason")
                && !answer.path("promptFeedback").hasNonNull("blockReason")
                && !hasPicture()) {
            throw new IOException("the stream of the answer ended without a finish reason");
        }
        endText();
        candidate.putObject("content").set("parts", parts);
        answer.putArray("candidates").add(candidate);
        return answer;
    }

    /** Discards all payloads of an answer that is not used. */
    void discard() {
        ResponseJson.discard(parts);
    }
}
