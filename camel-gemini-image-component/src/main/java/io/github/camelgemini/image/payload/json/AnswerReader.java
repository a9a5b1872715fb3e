package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads one answer of the API, as {@link ResponseJson} describes it. */
final class AnswerReader extends TreeReader {

    /** Fields whose content is not defined by the API, so that its names stay unchanged. */
    private static final Set<String> FREE_NAMES = Set.of("args", "labels", "metadata", "quotaDimensions");

    private final LongConsumer decoded;
    private final Set<String> pictureMembers;
    private boolean hasPicture;
    private MalformedAnswerException broken;

    /**
     * @param decoded called many times for each payload, with the number of bytes so far
     * @param pictureMembers names of fields that contain a picture in any object, as Base64 or data URI
     */
    AnswerReader(
            InputStream in, PayloadStore store, AnswerLimits limits, LongConsumer decoded, Set<String> pictureMembers)
            throws IOException {
        super(in, store, limits);
        this.decoded = decoded;
        this.pictureMembers = pictureMembers;
    }

    @Override
    ObjectNode object(String member, boolean inherited, boolean ofThought) throws IOException {
        boolean rename = inherited && !FREE_NAMES.contains(member);
        boolean blob = isAny(member, "inlineData", "inline_data");
        ObjectNode node = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String key = rename ? SnakeCase.toCamelCase(name) : name;
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            if (text && blob && name.equals("data")) {
                source.takeOver(parser);
                picture(ofThought).ifPresent(payload -> node.putPOJO(key, payload));
            } else if (text && pictureMembers.contains(name)) {
                source.takeOver(parser);
                skipDataUriHead();
                picture(false).ifPresent(payload -> node.putPOJO(key, payload));
            } else if (text && isAny(name, "thoughtSignature", "thought_signature")) {
                signature(node, key);
            } else {
                node.set(key, value(key, rename, node.path("thought").asBoolean()));
            }
        }
        if (node.path("thought").asBoolean()) {
            dropPicture(node);
        }
        return node;
    }

    /** An invalid picture must not affect another one. */
    private Optional<Payload> picture(boolean ofThought) throws IOException {
        try {
            if (ofThought) {
                decode(OutputStream.nullOutputStream(), bytes -> {});
                return Optional.empty();
            }
            Optional<Payload> payload = Optional.of(payload(decoded));
            hasPicture = true;
            return payload;
        } catch (MalformedAnswerException e) {
            MalformedAnswerException located = e.in(where());
            if (!e.isPassedOver() || !parser.getText().isEmpty()) {
                throw located;
            }
            broken = broken == null && !ofThought ? located : broken;
            return Optional.empty();
        }
    }

    @Override
    void ended() throws MalformedAnswerException {
        if (broken != null && !hasPicture) {
            throw broken;
        }
    }

    /** For a picture that came before the field that marks it as a thought. */
    private static void dropPicture(ObjectNode part) {
        for (String name : List.of("inlineData", "inline_data")) {
            if (part.get(name) instanceof ObjectNode blob) {
                Payloads.discard(blob);
                blob.remove("data");
            }
        }
    }

    private static boolean isAny(String name, String one, String other) {
        return name.equals(one) || name.equals(other);
    }
}
