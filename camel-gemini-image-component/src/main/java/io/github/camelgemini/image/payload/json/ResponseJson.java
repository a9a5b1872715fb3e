package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads answers of the Gemini API in constant memory: a JSON tree in which every picture is a {@link Payload}, decoded
 * on its way from the socket.
 *
 * <ul>
 *   <li>Every {@code inlineData.data} (or {@code inline_data.data}) is a {@link POJONode} with a {@link Payload}. The
 *       standard and the URL-safe alphabet, missing padding, white space and JSON escapes are understood.
 *   <li>An {@code inlineData} whose data is no Base64 has no {@code data}; without any other that is one, the answer is refused.
 *   <li>The picture of a part with {@code "thought": true} is left out; its {@code inlineData} has no {@code data}.
 *   <li>A {@code thoughtSignature} is text, unchanged, if it is shorter than 8 KB; else a {@link POJONode} with a
 *       {@link Payload} of the decoded bytes, like a picture.
 *   <li>Names in snake_case, as some gateways send, become camelCase ({@code finish_reason} → {@code finishReason}),
 *       save in maps whose keys are the user's or a service's own: {@code args}, {@code labels}, {@code metadata},
 *       {@code quotaDimensions}.
 *   <li>Of a name that occurs twice in an object the last value counts.
 *   <li>A byte order mark and {@code )]}'} before the JSON are passed over.
 * </ul>
 *
 * <p>The caller closes the stream. When reading fails, nothing is left of the payloads.
 */
public final class ResponseJson {

    /** An object, or a string beside its characters, in bytes. */
    private static final int NODE = 64;
    /** A stream may have many small events, or some of the largest. */
    private static final int EVENTS = 8;

    private ResponseJson() {}

    /** As {@link #read(InputStream, PayloadStore, AnswerLimits)}, within {@link AnswerLimits#DEFAULT}. */
    public static JsonNode read(InputStream in, PayloadStore store) throws IOException {
        return read(in, store, AnswerLimits.DEFAULT);
    }

    /**
     * Reads one JSON value to the end of the stream.
     *
     * @throws MalformedAnswerException if it is not one whole JSON value, not Base64 where that must be, or too large
     * @throws IOException              from the stream or the store
     */
    public static JsonNode read(InputStream in, PayloadStore store, AnswerLimits limits) throws IOException {
        return read(in, store, limits, bytes -> {});
    }

    /**
     * As {@link #read(InputStream, PayloadStore, AnswerLimits)}.
     *
     * @param received told, many times for each picture, how many bytes of pictures have come so far
     */
    public static JsonNode read(InputStream in, PayloadStore store, AnswerLimits limits, LongConsumer received)
            throws IOException {
        return read(in, store, limits, received, Set.of());
    }

    /**
     * As {@link #read(InputStream, PayloadStore, AnswerLimits, LongConsumer)}, for services that have pictures elsewhere.
     *
     * @param pictureMembers names as they come, such as {@code b64_json}, of members that are pictures in whatever object they
     *     are: Base64, or a data URI of it
     */
    public static JsonNode read(
            InputStream in, PayloadStore store, AnswerLimits limits, LongConsumer received, Set<String> pictureMembers)
            throws IOException {
        try (AnswerReader reader = new AnswerReader(in, store, limits, received, pictureMembers)) {
            return reader.read().orElseThrow(() -> new MalformedAnswerException("it is empty", "", 0, null));
        }
    }

    /** As {@link #readEvents(InputStream, PayloadStore, AnswerLimits, Consumer)}, within the default limits. */
    public static void readEvents(InputStream sse, PayloadStore store, Consumer<JsonNode> consumer) throws IOException {
        readEvents(sse, store, AnswerLimits.DEFAULT, consumer);
    }

    /**
     * Reads server-sent events to the end of the stream, or to an event {@code [DONE]}, and hands over the JSON of each
     * as soon as it is complete. Its payloads are discarded if the consumer throws. The limits are for each event; all together
     * may have eight times as much text.
     *
     * @throws MalformedAnswerException if the data of an event is malformed; earlier ones have been handed over
     * @throws IOException              from the stream or the store
     */
    public static void readEvents(InputStream sse, PayloadStore store, AnswerLimits limits, Consumer<JsonNode> consumer)
            throws IOException {
        readEvents(sse, store, limits, bytes -> {}, consumer);
    }

    /**
     * As {@link #readEvents(InputStream, PayloadStore, AnswerLimits, Consumer)}.
     *
     * @param received told, many times for each picture, how many bytes of pictures have come so far
     */
    public static void readEvents(
            InputStream sse,
            PayloadStore store,
            AnswerLimits limits,
            LongConsumer received,
            Consumer<JsonNode> consumer)
            throws IOException {
        EventStream events = new EventStream(sse);
        AtomicLong earlier = new AtomicLong();
        long text = 0;
        while (events.next()) {
            JsonNode event;
            AtomicLong ofEvent = new AtomicLong();
            LongConsumer told = bytes -> {
                ofEvent.set(bytes);
                received.accept(earlier.get() + bytes);
            };
            try (AnswerReader reader = new AnswerReader(events, store, limits, told, Set.of())) {
                event = reader.read().orElse(null);
                text += reader.source.textBytes();
            }
            if (text > EVENTS * limits.textBytes()) {
                discard(event == null ? MissingNode.getInstance() : event);
                throw new MalformedAnswerException("more than " + text + " bytes besides images", "", text, null);
            }
            earlier.addAndGet(ofEvent.get());
            if (event != null) {
                handOver(event, consumer);
            }
        }
    }

    /** All payloads of a tree in the order of the JSON, pictures and long thought signatures. */
    public static List<Payload> payloads(JsonNode tree) {
        return Payloads.of(tree);
    }

    /** Discards all payloads of a tree; those that were handed out stay. */
    public static void discard(JsonNode tree) {
        Payloads.discard(tree);
    }

    /** About how many bytes of heap a tree takes, without its payloads. */
    public static long weight(JsonNode tree) {
        long weight = NODE + (tree.isTextual() ? 2L * tree.textValue().length() : 0);
        for (Iterator<Map.Entry<String, JsonNode>> fields = tree.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            weight += NODE + 2L * field.getKey().length() + weight(field.getValue());
        }
        if (tree.isArray()) {
            for (JsonNode element : tree) {
                weight += weight(element);
            }
        }
        return weight;
    }

    private static void handOver(JsonNode event, Consumer<JsonNode> consumer) {
        boolean taken = false;
        try {
            consumer.accept(event);
            taken = true;
        } finally {
            if (!taken) {
                discard(event);
            }
        }
    }
}
