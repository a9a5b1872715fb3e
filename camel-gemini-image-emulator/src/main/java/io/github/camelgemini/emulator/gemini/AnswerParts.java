package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.wire.Base64Body;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.Streamed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds the parts of a content: thoughts, texts, pictures, and their signatures. */
final class AnswerParts {

    private static final byte[] LETTERS = "A long text. ".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private final Generation generation;
    private final boolean signed;
    private final long identity;
    private final List<ObjectNode> parts = new ArrayList<>();
    private boolean textSigned;
    private int drafts;

    AnswerParts(Generation generation, boolean signed, long identity) {
        this.generation = generation;
        this.signed = signed;
        this.identity = identity;
    }

    List<ObjectNode> list() {
        return parts;
    }

    private void thought(String text) {
        add().put("text", text).put("thought", true);
    }

    private void thought(EncodedPicture picture) {
        inlineData(add(), picture).put("thought", true);
    }

    /** Adds an interim picture, with a thought about it. */
    void draft(EncodedPicture picture) {
        drafts++;
        thought("**Draft " + drafts + "**\n\nI look at how the picture holds together.");
        thought(picture);
    }

    void text(String text) {
        ObjectNode part = add().put("text", text);
        if (!textSigned) {
            textSigned = true;
            sign(part);
        }
    }

    void longText(long characters) {
        Streamed text = () -> Body.repeat(LETTERS, characters);
        add().putPOJO("text", text);
    }

    void picture(EncodedPicture picture) {
        sign(inlineData(add(), picture));
    }

    /** Adds a picture by URL. */
    void pictureAt(String mimeType, String uri) {
        ObjectNode part = add();
        part.putObject("fileData").put("mimeType", declared(mimeType)).put("fileUri", uri);
        sign(part);
    }

    private ObjectNode add() {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        parts.add(part);
        return part;
    }

    private ObjectNode inlineData(ObjectNode part, EncodedPicture picture) {
        String declared = declared(picture.mimeType());
        List<ByteBuffer> pieces = generation.bytes(picture);
        Streamed data = () -> new Base64Body(pieces, generation.pictureBytes, generation.base64);
        ObjectNode blob = part.putObject("inlineData");
        if (generation.dataFirst) {
            blob.putPOJO("data", data).put("mimeType", declared);
        } else {
            blob.put("mimeType", declared).putPOJO("data", data);
        }
        return part;
    }

    private String declared(String mimeType) {
        return generation.declaredMimeType == null ? mimeType : generation.declaredMimeType;
    }

    private void sign(ObjectNode part) {
        if (!signed) {
            return;
        }
        String signature = ThoughtSignatures.issue(identity, parts.size(), generation.signatureBytes);
        part.put("thoughtSignature", signature);
    }
}
