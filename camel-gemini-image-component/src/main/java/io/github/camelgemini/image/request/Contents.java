package io.github.camelgemini.image.request;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A conversation as JSON, the {@code contents} of the Gemini API: {@code [{"role":"user","parts":[{"text":"…"}]},…]}. It is
 * read and written as a stream, pictures and long signatures past the heap.
 *
 * @param turns oldest first
 * @param payloads the bytes of their pictures and long signatures
 */
public record Contents(List<Turn> turns, List<Payload> payloads) {

    /** A conversation that has not begun. */
    public static final Contents NONE = new Contents(List.of(), List.of());

    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the lists. */
    public Contents {
        turns = List.copyOf(turns);
        payloads = List.copyOf(payloads);
    }

    /**
     * Reads a conversation.
     *
     * @param json an array of turns, or an object that has one as {@code contents} or {@code next_turn_contents}
     * @param source where it came from, for errors
     * @throws InvalidRequestException when it is no JSON, or no conversation, naming the place
     * @throws IOException from the stream or the store
     */
    public static Contents read(InputStream json, PayloadStore store, String source) throws IOException {
        JsonNode tree;
        try {
            tree = ResponseJson.read(json, store);
        } catch (MalformedAnswerException e) {
            throw new InvalidRequestException(
                    source + " must be the JSON of a conversation, [{\"role\":\"user\",\"parts\":[…]},…]: "
                            + e.problem() + " at byte " + e.position()
                            + (e.where().isEmpty() ? "" : ", in " + e.where()),
                    e);
        }
        try {
            return new Contents(ContentsReader.read(turns(tree), source), ResponseJson.payloads(tree));
        } catch (RuntimeException e) {
            ResponseJson.discard(tree);
            throw e;
        }
    }

    private static JsonNode turns(JsonNode tree) {
        for (String member : List.of("contents", "nextTurnContents")) {
            if (tree.has(member)) {
                return tree.get(member);
            }
        }
        return tree;
    }

    /** Writes turns. */
    public static Payload write(List<Turn> turns, PayloadStore store) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            JsonGenerator json = JSON.createGenerator(writer);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            for (Turn turn : turns) {
                write(turn, json);
            }
            json.writeEndArray();
            json.close();
            return writer.finish();
        }
    }

    private static void write(Turn turn, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", turn.role() == Turn.Role.USER ? "user" : "model");
        json.writeArrayFieldStart("parts");
        for (Turn.Part part : turn.parts()) {
            json.writeStartObject();
            if (part instanceof Turn.Picture picture) {
                write(picture.image(), json);
            } else {
                json.writeStringField("text", ((Turn.Text) part).text());
            }
            if (part.thought()) {
                json.writeBooleanField("thought", true);
            }
            if (part.thoughtSignature() != null) {
                base64("thoughtSignature", part.thoughtSignature(), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(ReferenceImage image, JsonGenerator json) throws IOException {
        boolean inline = image instanceof ReferenceImage.Inline;
        json.writeObjectFieldStart(inline ? "inlineData" : "fileData");
        if (image.mimeType() != null) {
            json.writeStringField("mimeType", image.mimeType());
        }
        if (image instanceof ReferenceImage.Inline here) {
            base64("data", here.source(), json);
        } else {
            json.writeStringField("fileUri", ((ReferenceImage.Remote) image).uri());
        }
        json.writeEndObject();
    }

    private static void base64(String member, PayloadSource bytes, JsonGenerator json) throws IOException {
        json.writeFieldName(member);
        try (InputStream in = bytes.newInputStream()) {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, Math.toIntExact(bytes.length()));
        }
    }

    /** Discards pictures and signatures, but for those that were shown to somebody. */
    public void discard() {
        payloads.forEach(Payload::discard);
    }
}
