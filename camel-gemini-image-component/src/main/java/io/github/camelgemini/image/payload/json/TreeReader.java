package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a JSON value with pictures in it. Jackson parses it, but never sees the content of a picture. The parser
 * reports the opening quotation mark of a string before reading the string. The Base64 is then read from the {@link
 * AnswerSource} directly. The parser continues at the closing quotation mark, as if the string were empty.
 *
 * <p>The subclass decides in {@link #object} which strings are pictures.
 */
abstract class TreeReader implements AutoCloseable {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The length up to which a thought signature stays text, in characters. */
    private static final int SHORT_SIGNATURE = 8 * 1024;

    private static final int LONGEST_DATA_URI_HEAD = 200;
    /** White space is skipped, also as JSON escapes, and also in Base64. */
    private static final Pattern DATA_URI =
            Pattern.compile("(?i)(?:\\s|\\\\[nrt])*data:(?:[^,\"]*;\\s*(base64)\\s*,)?");

    private static final int BASE64 = 1;
    private static final int LONGEST_NAME = 1000;

    /** A factory stores what it learns about names, so there is one for each set of limits; these are few. */
    private static final Map<AnswerLimits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    final JsonParser parser;
    final AnswerSource source;
    private final byte[] buffer;
    private final PayloadStore store;
    private final AnswerLimits limits;
    private final List<Payload> created = new ArrayList<>();
    private long payloadBytes;

    TreeReader(InputStream in, PayloadStore store, AnswerLimits limits) throws IOException {
        this.store = store;
        this.limits = limits;
        this.buffer = store.blocks().take();
        this.source = new AnswerSource(in, buffer, limits.textBytes());
        // Before the parser is created, because it reads at once.
        source.skipPreamble();
        this.parser = FACTORIES.computeIfAbsent(limits, TreeReader::factory).createParser(source);
    }

    /**
     * Reads an object, from its first member on.
     *
     * @param member the name of the member with this value, empty for the whole
     * @param rename whether the names in it are defined by the API, and may become camelCase
     * @param ofThought whether it belongs to a part that is a thought, as far as known
     */
    abstract ObjectNode object(String member, boolean rename, boolean ofThought) throws IOException;

    /** Called when everything was read; throws if something is missing. */
    void ended() throws MalformedAnswerException {}

    /** The value; empty if there is nothing but white space. */
    Optional<JsonNode> read() throws IOException {
        boolean complete = false;
        try {
            Optional<JsonNode> answer = Optional.empty();
            if (parser.nextToken() != null) {
                answer = Optional.of(value("", true, false));
                if (parser.nextToken() != null) {
                    throw malformed("there is content after the JSON", null);
                }
            }
            ended();
            discardAllBut(answer.map(Payloads::of).orElse(List.of()));
            complete = true;
            return answer;
        } catch (MalformedAnswerException e) {
            throw e.in(where());
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage(), e, e.getLocation());
        } catch (CharConversionException e) {
            throw malformed(e.getMessage(), e, parser.currentLocation());
        } finally {
            if (!complete) {
                discardAllBut(List.of());
            }
        }
    }

    /** Returns the buffers; the stream stays open. */
    @Override
    public void close() throws IOException {
        parser.close();
        store.blocks().giveBack(buffer);
    }

    JsonNode value(String member, boolean rename, boolean ofThought) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(member, rename, ofThought);
            case START_ARRAY -> array(member, rename);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw malformed("unexpected " + token, null);
        };
    }

    ArrayNode array(String member, boolean rename) throws IOException {
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

    /** Puts a thought signature into the node: as text if it is short, or else as a payload. */
    void signature(ObjectNode node, String key) throws IOException {
        source.takeOver(parser);
        if (source.quoteWithin(SHORT_SIGNATURE)) {
            node.put(key, parser.getText());
        } else {
            node.putPOJO(key, payload());
        }
    }

    /** The decoded Base64 of the current string. {@link AnswerSource#takeOver} must have been called. */
    Payload payload() throws IOException {
        return payload(bytes -> {});
    }

    /** Does the same; {@code told} is called many times, with the number of bytes so far. */
    Payload payload(LongConsumer told) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            decode(writer, told);
            Payload payload = writer.finish();
            created.add(payload);
            return payload;
        }
    }

    /** Skips {@code data:image/png;base64,} before the Base64; a value without it stays unchanged. */
    void skipDataUriHead() throws IOException {
        byte[] head = new byte[LONGEST_DATA_URI_HEAD];
        int count = 0;
        for (int read = 0; read >= 0 && count < head.length; count += Math.max(0, read)) {
            read = source.readRaw(head, count, head.length - count);
        }
        String text = new String(head, 0, count, StandardCharsets.ISO_8859_1);
        Matcher uri = DATA_URI.matcher(text);
        int base64 = 0;
        if (uri.lookingAt()) {
            if (uri.group(BASE64) == null) {
                throw malformed("a data URI that does not begin like data:image/png;base64,", null);
            }
            base64 = uri.end();
        }
        source.unread(head, base64, count - base64);
    }

    void decode(OutputStream out, LongConsumer told) throws IOException {
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
                            String problem = "more than " + limits.payloadBytes() + " bytes of images";
                            throw new MalformedAnswerException(problem, where(), source.position(), null);
                        }
                        out.write(bytes, offset, length);
                        told.accept(payloadBytes);
                    }
                },
                store.blocks());
        if (!parser.getText().isEmpty()) {
            throw new IllegalStateException("The JSON parser read ahead into a string");
        }
    }

    private void discardAllBut(List<Payload> kept) {
        Set<Payload> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        keep.addAll(kept);
        created.stream().filter(payload -> !keep.contains(payload)).forEach(Payload::discard);
    }

    /** An exception at the current token. */
    MalformedAnswerException malformed(String problem, Throwable cause) {
        return malformed(problem, cause, parser.currentTokenLocation());
    }

    /** An exception at a location that the parser reports, or else at the current one. */
    private MalformedAnswerException malformed(String problem, Throwable cause, JsonLocation place) {
        boolean known = place != null && place.getByteOffset() >= 0;
        long position = source.positionOf(known ? place : parser.currentLocation());
        return new MalformedAnswerException(problem, where(), position, cause);
    }

    String where() {
        return parser.getParsingContext().pathAsPointer().toString();
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
