package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.StreamCache;

/**
 * Reads requests that are JSON objects, in constant memory. The result is a tree in which every picture is a {@link
 * Payload}, decoded while it is read.
 *
 * <ul>
 * <li>A string in one of the given members, alone or in an array, stays text up to 8 KB: a URI, or a small data URI. A
 * longer one is a data URI or bare Base64, and becomes a {@link POJONode} with a {@link Payload}.
 * <li>Every {@code inlineData.data} (or {@code inline_data.data}) becomes a payload, and so does every long {@code
 * thoughtSignature}, as in {@link ResponseJson}.
 * <li>Names of the object itself stay unchanged. Names inside its members become camelCase, except in {@code labels}
 * and {@code safetySettings}, whose keys are defined by the sender.
 * <li>A name that occurs twice in an object is an error.
 * </ul>
 */
public final class RequestJson {

    /** The length up to which a picture stays text, in characters: longer than any URL. */
    private static final int SHORT_PICTURE = 8 * 1024;

    private static final Set<String> FREE_NAMES = Set.of("labels", "safetySettings", "safety_settings");

    /**
     * 8 MB of JSON besides pictures, enough for a prompt of 1 MB with every character escaped; 1 GB of pictures, twice
     * what Vertex AI accepts in a request.
     */
    private static final AnswerLimits LIMITS = new AnswerLimits(8L << 20, 1 << 20, 100, 50_000, 1L << 30);

    private static final JsonFactory NAMES = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final Object GUARD = new Object();

    private static final ObjectMapper WRITER = new ObjectMapper(JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build())
            .registerModule(new SimpleModule()
                    .addSerializer(PayloadSource.class, base64(PayloadSource::newInputStream))
                    .addSerializer(InputStream.class, base64(RequestJson::fromTheStart)));

    private RequestJson() {}

    /**
     * Reads one object to the end of the stream, which the caller closes. If reading fails, all payloads are discarded;
     * see {@link ResponseJson#discard}.
     *
     * @param pictureMembers the members that contain pictures
     * @param envelopes the members that may contain an object of the same kind
     * @throws MalformedAnswerException if it is not one complete JSON object, not Base64 where Base64 is expected, or
     *     too large
     * @throws IOException from the stream or the store
     */
    public static ObjectNode read(InputStream in, PayloadStore store, Set<String> pictureMembers, Set<String> envelopes)
            throws IOException {
        try (Reader reader = new Reader(in, store, pictureMembers, envelopes)) {
            JsonNode tree = reader.read().orElseThrow(() -> new MalformedAnswerException("it is empty", "", 0, null));
            if (tree instanceof ObjectNode object) {
                return object;
            }
            ResponseJson.discard(tree);
            throw new MalformedAnswerException("it is not an object but " + tree.getNodeType(), "", 0, null);
        }
    }

    /**
     * Whether a stream begins with a JSON object that has one of these members, or with an array of such objects. Only
     * the first object is read. An object without any of the members also counts if all its members are known.
     *
     * @param members one of these is enough
     * @param known these only count if the object has no others
     * @param envelopes members that may contain such an object, or a string with one
     * @return false also for data that is not JSON
     * @throws IOException from the stream
     */
    public static boolean isRequest(InputStream in, Set<String> members, Set<String> known, Set<String> envelopes)
            throws IOException {
        try (JsonParser parser = NAMES.createParser(in)) {
            JsonToken first = parser.nextToken();
            JsonToken object = first == JsonToken.START_ARRAY ? parser.nextToken() : first;
            return object == JsonToken.START_OBJECT
                    && isRequest(parser, members, known, envelopes)
                    // After one that was read to its end.
                    && (!parser.getParsingContext().inRoot() || parser.nextToken() == null);
        } catch (JacksonException | CharConversionException e) {
            return false;
        }
    }

    private static boolean isRequest(JsonParser parser, Set<String> members, Set<String> known, Set<String> envelopes)
            throws IOException {
        boolean any = false;
        boolean all = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (members.contains(name)) {
                return true;
            }
            any = true;
            all &= known.contains(name);
            JsonToken value = parser.nextToken();
            if (!envelopes.contains(name)) {
                parser.skipChildren();
            } else if (value == JsonToken.VALUE_STRING) {
                byte[] json = parser.getText().getBytes(StandardCharsets.UTF_8);
                if (isRequest(new ByteArrayInputStream(json), members, known, Set.of())) {
                    return true;
                }
            } else if (value != JsonToken.START_OBJECT) {
                parser.skipChildren();
            } else if (isRequest(parser, members, known, Set.of())) {
                return true;
            }
        }
        return any && all;
    }

    /**
     * Writes a map or a JSON tree as JSON that {@link #read} reads. Pictures in it may be {@code byte[]}, {@link
     * InputStream} or {@link PayloadSource}.
     *
     * @param out is left open
     * @param guard is given each stream before it is read, and returns what is read in its place
     * @throws IOException if something in it cannot become JSON, or cannot be read
     */
    public static void write(Object tree, OutputStream out, UnaryOperator<InputStream> guard) throws IOException {
        WRITER.writer().withAttribute(GUARD, guard).writeValue(out, tree);
    }

    private static final class Reader extends TreeReader {

        private final Set<String> pictureMembers;
        private final Set<String> envelopes;

        Reader(InputStream in, PayloadStore store, Set<String> pictureMembers, Set<String> envelopes)
                throws IOException {
            super(in, store, LIMITS);
            this.pictureMembers = pictureMembers;
            this.envelopes = envelopes;
        }

        /** Whether the parser is in the request itself, or in the one in its envelope. */
        private boolean isRequest(String member) {
            JsonStreamContext around = parser.getParsingContext().getParent();
            return around.inRoot()
                    || (envelopes.contains(member) && around.getParent().inRoot());
        }

        @Override
        ObjectNode object(String member, boolean inherited, boolean ofThought) throws IOException {
            boolean whole = isRequest(member);
            boolean rename = !whole && inherited && !FREE_NAMES.contains(member);
            boolean blob = member.equals("inlineData") || member.equals("inline_data");
            ObjectNode node = NODES.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String key = rename ? SnakeCase.toCamelCase(name) : name;
                if (node.has(key)) {
                    throw malformed("a field occurs twice", null);
                }
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (whole && pictureMembers.contains(name)) {
                    node.set(key, pictures(name));
                } else if (text && blob && key.equals("data")) {
                    source.takeOver(parser);
                    node.putPOJO(key, payload());
                } else if (text && key.equals("thoughtSignature")) {
                    signature(node, key);
                } else {
                    node.set(key, value(key, true, false));
                }
            }
            return node;
        }

        private JsonNode pictures(String member) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return picture();
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return value(member, true, false);
            }
            ArrayNode pictures = NODES.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
                pictures.add(text ? picture() : value(member, true, false));
            }
            return pictures;
        }

        private JsonNode picture() throws IOException {
            source.takeOver(parser);
            if (source.quoteWithin(SHORT_PICTURE)) {
                return NODES.textNode(parser.getText());
            }
            skipDataUriHead();
            return NODES.pojoNode(payload());
        }
    }

    private interface Opening<T> {
        InputStream open(T value) throws IOException;
    }

    private static <T> JsonSerializer<T> base64(Opening<T> opening) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider serializers) throws IOException {
                try (InputStream in = guard(serializers).apply(opening.open(value))) {
                    json.writeBinary(in, -1);
                }
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<InputStream> guard(SerializerProvider serializers) {
        return (UnaryOperator<InputStream>) serializers.getAttribute(GUARD);
    }

    private static InputStream fromTheStart(InputStream in) {
        if (in instanceof StreamCache cache) {
            cache.reset();
        }
        return in;
    }
}
