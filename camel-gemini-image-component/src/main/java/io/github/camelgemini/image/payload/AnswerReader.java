package io.github.camelgemini.image.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads one answer. Jackson parses it, but is never shown the inside of a picture: it meets the opening quotation mark
 * of a string without having read it, the Base64 is then taken from the {@link AnswerSource} past the parser, and the
 * parser goes on at the closing quotation mark, believing that the string was empty.
 */
final class AnswerReader implements AutoCloseable {

    /** Up to here, in characters, a thought signature stays text. */
    private static final int SHORT_SIGNATURE = 8 * 1024;

    private static final int LONGEST_NAME = 1000;
    /** Members whose own members are not the API's, so that their names mean what they say. */
    private static final Set<String> FREE_NAMES = Set.of("args", "labels", "metadata", "quotaDimensions");

    /** A factory keeps what it learnt about names, so there is one for each set of limits; these are few. */
    private static final Map<AnswerLimits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] buffer;
    private final AnswerSource source;
    private final JsonParser parser;
    private final PayloadStore store;
    private final AnswerLimits limits;
    private final List<Payload> created = new ArrayList<>();
    private long payloadBytes;

    AnswerReader(InputStream in, PayloadStore store, AnswerLimits limits) throws IOException {
        this.store = store;
        this.limits = limits;
        this.buffer = store.blocks().take();
        this.source = new AnswerSource(in, buffer, limits.textBytes());
        this.parser = FACTORIES.computeIfAbsent(limits, AnswerReader::factory).createParser(source);
    }

    /** The answer, or nothing if there are no bytes but white space. */
    Optional<JsonNode> read() throws IOException {
        boolean complete = false;
        try {
            Optional<JsonNode> answer = Optional.empty();
            if (parser.nextToken() != null) {
                answer = Optional.of(value("", true, false));
                if (parser.nextToken() != null) {
                    throw malformed("something follows the JSON", null);
                }
            }
            closeAllBut(answer.map(ResponseJson::payloads).orElse(List.of()));
            complete = true;
            return answer;
        } catch (MalformedAnswerException e) {
            throw e.in(where());
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage(), e);
        } catch (CharConversionException e) {
            throw malformed(e.getMessage(), e);
        } finally {
            if (!complete) {
                closeAllBut(List.of());
            }
        }
    }

    /** Gives the buffers back; the stream stays open. */
    @Override
    public void close() throws IOException {
        parser.close();
        store.blocks().giveBack(buffer);
    }

    private JsonNode value(String member, boolean rename, boolean ofThought) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(member, rename && !FREE_NAMES.contains(member), ofThought);
            case START_ARRAY -> array(member, rename);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw malformed("unexpected " + token, null);
        };
    }

    private ObjectNode object(String member, boolean rename, boolean ofThought) throws IOException {
        boolean blob = isAny(member, "inlineData", "inline_data");
        ObjectNode node = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String key = rename ? SnakeCase.toCamelCase(name) : name;
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            if (text && blob && name.equals("data")) {
                picture(ofThought).ifPresent(payload -> node.putPOJO(key, payload));
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

    private ArrayNode array(String member, boolean rename) throws IOException {
        ArrayNode node = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            node.add(value(member, rename, false));
        }
        return node;
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private Optional<Payload> picture(boolean ofThought) throws IOException {
        source.takeOver(parser);
        if (ofThought) {
            decode(OutputStream.nullOutputStream());
            return Optional.empty();
        }
        return Optional.of(payload());
    }

    private void signature(ObjectNode node, String key) throws IOException {
        source.takeOver(parser);
        if (source.quoteWithin(SHORT_SIGNATURE)) {
            node.put(key, parser.getText());
        } else {
            node.putPOJO(key, payload());
        }
    }

    private Payload payload() throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            decode(writer);
            Payload payload = writer.finish();
            created.add(payload);
            return payload;
        }
    }

    private void decode(OutputStream out) throws IOException {
        Base64Value.decode(
                source,
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        payloadBytes += length;
                        if (payloadBytes > limits.payloadBytes()) {
                            throw malformed("more than " + limits.payloadBytes() + " bytes of pictures", null);
                        }
                        out.write(bytes, offset, length);
                    }
                },
                store.blocks());
        if (!parser.getText().isEmpty()) {
            throw new IllegalStateException("The JSON parser read ahead into a string");
        }
    }

    /** For a picture that came before the member that says that it is a thought. */
    private static void dropPicture(ObjectNode part) {
        for (String name : List.of("inlineData", "inline_data")) {
            if (part.get(name) instanceof ObjectNode blob) {
                ResponseJson.release(blob);
                blob.remove("data");
            }
        }
    }

    private void closeAllBut(List<Payload> kept) {
        Set<Payload> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        keep.addAll(kept);
        created.stream().filter(payload -> !keep.contains(payload)).forEach(Payload::close);
    }

    private MalformedAnswerException malformed(String problem, Throwable cause) {
        return new MalformedAnswerException(problem, where(), source.position(), cause);
    }

    private String where() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static boolean isAny(String name, String one, String other) {
        return name.equals(one) || name.equals(other);
    }

    private static JsonFactory factory(AnswerLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.stringLength())
                        .maxNestingDepth(limits.depth())
                        .maxTokenCount(limits.tokens())
                        .maxNameLength(LONGEST_NAME)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
