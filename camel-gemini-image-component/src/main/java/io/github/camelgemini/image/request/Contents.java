package io.github.camelgemini.image.request;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A conversation as JSON, the {@code contents} of the Gemini API: {@code [{"role":"user","parts":[{"text":"…"}]},…]}.
 * It is read and written as a stream; pictures and long signatures do not pass through the heap.
 *
 * @param turns oldest first
 * @param payloads the bytes of their pictures and long signatures
 */
public record Contents(List<Turn> turns, List<Payload> payloads) {

    /** An empty conversation. */
    public static final Contents NONE = new Contents(List.of(), List.of());

    private static final JsonFactory JSON = new JsonFactory();

    /** The length up to which a thought signature is text in the heap, in characters. */
    private static final long SHORT_SIGNATURE = 8L << 10;

    /** The limits for a conversation before a call: bytes of JSON without pictures, parts, and bytes of pictures. */
    private static final long MOST_TEXT = 8L << 20;

    private static final int MOST_PARTS = 50_000;
    private static final long MOST_PICTURES = 2L << 30;
    /**
     * The limits for a conversation before a call, plus the largest answer, so that a saved conversation can be read
     * again.
     */
    private static final AnswerLimits KEPT =
            new AnswerLimits(4 * MOST_TEXT, (int) (4 * MOST_TEXT), 100, 2_000_000, 3 * MOST_PICTURES);

    /** Copies the lists. */
    public Contents {
        turns = List.copyOf(turns);
        payloads = List.copyOf(payloads);
    }

    /**
     * Reads a conversation.
     *
     * @param json an array of turns, or an object that contains one as {@code contents} or {@code next_turn_contents}
     * @param source where it came from, for errors
     * @param remote gives the picture for a URI; empty if the URI is not allowed
     * @param kept whether it was loaded from a repository, and so checked before
     * @throws InvalidRequestException when it is not JSON, or not a conversation; names the place
     * @throws IOException from the stream or the store
     */
    static Contents read(
            InputStream json,
            PayloadStore store,
            String source,
            Function<String, Optional<ReferenceImage.Remote>> remote,
            boolean kept)
            throws IOException {
        JsonNode tree;
        try {
            tree = ResponseJson.read(json, store, kept ? KEPT : AnswerLimits.DEFAULT);
        } catch (MalformedAnswerException e) {
            throw new InvalidRequestException(
                    source + " must be the JSON of a conversation, [{\"role\":\"user\",\"parts\":[…]},…]: "
                            + e.problem() + " at byte " + e.position()
                            + (e.where().isEmpty() ? "" : ", in " + e.where()),
                    e);
        }
        try {
            return new Contents(ContentsReader.read(turns(tree), source, remote, kept), ResponseJson.payloads(tree));
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

    /**
     * Refuses, before a call, a conversation that could not be loaded again together with its answer.
     *
     * @param name for the error
     * @throws InvalidRequestException if it is too large
     */
    public static void requireRoom(List<Turn> turns, String name) {
        long text = 0;
        long pictures = 0;
        long parts = 0;
        for (Turn turn : turns) {
            for (Turn.Part part : turn.parts()) {
                parts++;
                text += part instanceof Turn.Text said ? length(said.text()) : 0;
                long signature = part.thoughtSignature() == null ? 0 : base64(part.thoughtSignature());
                // A long one is read like a picture.
                text += signature < SHORT_SIGNATURE ? signature : 0;
                pictures += signature < SHORT_SIGNATURE ? 0 : signature / 4 * 3;
                pictures +=
                        part instanceof Turn.Picture picture && picture.image() instanceof ReferenceImage.Inline here
                                ? base64(here.source()) / 4 * 3
                                : 0;
            }
        }
        if (text > MOST_TEXT || parts > MOST_PARTS || pictures > MOST_PICTURES) {
            throw new InvalidRequestException(name + " is too large to be stored: it has " + text + " bytes of text, "
                    + parts + " parts and " + pictures + " bytes of images. The limits are " + MOST_TEXT + ", "
                    + MOST_PARTS + " and " + MOST_PICTURES
                    + ". Undo a turn, reset the conversation, or start another one");
        }
    }

    private static long base64(PayloadSource bytes) {
        try {
            return (bytes.length() + 2) / 3 * 4;
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new ReferenceImageException("An image of the conversation cannot be read: " + e, e));
        }
    }

    /** The length as a JSON string. */
    private static long length(String text) {
        return text.chars()
                .mapToLong(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3)
                .sum();
    }

    /** Writes turns as JSON. */
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
                // Half of a surrogate pair, which a model may produce, cannot be read again.
                byte[] text = ((Turn.Text) part).text().getBytes(StandardCharsets.UTF_8);
                json.writeFieldName("text");
                json.writeUTF8String(text, 0, text.length);
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

    /** Discards pictures and signatures, except those that were handed out. */
    public void discard() {
        payloads.forEach(Payload::discard);
    }
}
