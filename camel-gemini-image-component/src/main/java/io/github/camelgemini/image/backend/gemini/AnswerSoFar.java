package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * An answer that takes several calls. One that finishes with {@code CONTINUATION} continues when the same request is
 * sent again with its token. The parts of all calls follow one another, and their tokens are added up. For all other
 * fields the last value counts.
 */
public final class AnswerSoFar implements AutoCloseable {

    /** The limit in case the API never finishes. */
    private static final int MOST_CALLS = 10;

    private static final String USAGE = "usageMetadata";

    private final StreamedAnswer said = new StreamedAnswer();
    private final ObjectNode usage = JsonNodeFactory.instance.objectNode();
    private byte[] token;
    private int calls;
    private boolean over;

    private AnswerSoFar() {}

    /** The token to send with a request for the rest of an answer; null for a new answer. */
    public static byte[] token(ImageRequest request) {
        return request.answerSoFar() instanceof AnswerSoFar begun ? begun.token() : null;
    }

    private synchronized byte[] token() {
        return token;
    }

    /**
     * Adds an answer to what has arrived so far.
     *
     * @param request that was sent
     * @param answer to it; this object now owns its payloads
     * @return empty for an answer that is complete by itself
     */
    static Optional<AnswerSoFar> after(ImageRequest request, JsonNode answer) {
        byte[] next = token(answer.path("candidates").path(0));
        boolean first = !(request.answerSoFar() instanceof AnswerSoFar);
        if (first && next == null) {
            return Optional.empty();
        }
        AnswerSoFar soFar = first ? new AnswerSoFar() : (AnswerSoFar) request.answerSoFar();
        soFar.add(answer, next);
        return Optional.of(soFar);
    }

    synchronized boolean goesOn() {
        return token != null && calls < MOST_CALLS && !over;
    }

    /**
     * The whole answer, with ownership of the payloads. Can be called once.
     *
     * @throws IOException when there is nothing, or it was already taken
     */
    synchronized JsonNode whole() throws IOException {
        if (over) {
            throw new IOException("the answer was given up");
        }
        over = true;
        return said.whole();
    }

    private static byte[] token(JsonNode candidate) {
        String text = candidate.path("continuationToken").asText();
        if (!"CONTINUATION".equals(candidate.path("finishReason").asText()) || text.isEmpty()) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            // Without a valid token there can be no further call, so the answer is complete.
            return null;
        }
    }

    private synchronized void add(JsonNode answer, byte[] next) {
        if (over) {
            ResponseJson.discard(answer);
            return;
        }
        token = next;
        calls++;
        addUp(answer.path(USAGE));
        if (answer instanceof ObjectNode object) {
            object.set(USAGE, usage);
        }
        said.add(answer);
    }

    /** The details may contain a modality twice; readers add them up. */
    private void addUp(JsonNode more) {
        more.fields().forEachRemaining(field -> {
            JsonNode before = usage.path(field.getKey());
            JsonNode value = field.getValue();
            if (value.isNumber() && before.isNumber()) {
                usage.put(field.getKey(), before.asLong() + value.asLong());
            } else if (value.isArray() && before.isArray()) {
                ((ArrayNode) before).addAll((ArrayNode) value);
            } else {
                usage.set(field.getKey(), value);
            }
        });
    }

    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            said.discard();
        }
    }
}
