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
 * Reads answers of the Gemini API in constant memory. The result is a JSON tree in which every picture is a {@link
 * Payload}, decoded while it arrives.
 *
 * <ul>
 * <li>Every {@code inlineData.data} (or {@code inline_data.data}) becomes a {@link POJONode} with a {@link Payload}.
 * The standard and the URL-safe alphabet, missing padding, white space and JSON escapes are accepted.
 * <li>An {@code inlineData} with invalid Base64 gets no {@code data}. If there is no other picture, the answer is
 * refused.
 * <li>The picture of a part with {@code "thought": true} is left out; its {@code inlineData} has no {@code data}.
 * <li>A {@code thoughtSignature} stays unchanged text if it is shorter than 8 KB. Otherwise it becomes a {@link
 * POJONode} with a {@link Payload} of the decoded bytes.
 * <li>Names in snake_case, which some gateways send, become camelCase ({@code finish_reason} → {@code finishReason}).
 * This does not apply inside {@code args}, {@code labels}, {@code metadata} and {@code quotaDimensions}, whose keys are
 * defined by the user or a service.
 * <li>If a name occurs twice in an object, the last value counts.
 * <li>A byte order mark and {@code )]}'} before the JSON are skipped.
 * </ul>
 *
 * <p>The caller closes the stream. If reading fails, all payloads are discarded.
 */
public final class ResponseJson {

    /** An object, or a string without its characters, in bytes. */
    private static final int NODE = 64;
    /** A stream may have many small events, or a few of the largest size. */
    private static final int EVENTS = 8;

    private ResponseJson() {}

    /** Does the same as {@link #read(InputStream, PayloadStore, AnswerLimits)}, with {@link AnswerLimits#DEFAULT}. */
    public static JsonNode read(InputStream in, PayloadStore store) throws IOException {
        return read(in, store, AnswerLimits.DEFAULT);
    }

    /**
     * Reads one JSON value to the end of the stream.
     *
     * @throws MalformedAnswerException if it is not one complete JSON value, not Base64 where Base64 is expected, or
     *     too large
     * @throws IOException from the stream or the store
     */
    public static JsonNode read(InputStream in, PayloadStore store, AnswerLimits limits) throws IOException {
        return read(in, store, limits, bytes -> {});
    }

    /**
     * Does the same as {@link #read(InputStream, PayloadStore, AnswerLimits)}, and reports the progress.
     *
     * @param received called many times for each picture, with the number of bytes of pictures so far
     */
    public static JsonNode read(InputStream in, PayloadStore store, AnswerLimits limits, LongConsumer received)
            throws IOException {
        return read(in, store, limits, received, Set.of());
    }

    /**
     * Does the same as {@link #read(InputStream, PayloadStore, AnswerLimits, LongConsumer)}, for services with pictures
     * in other fields.
     *
     * @param pictureMembers original names, such as {@code b64_json}, of fields that contain a picture in any object,
     *     as Base64 or data URI
     */
    public static JsonNode read(
            InputStream in, PayloadStore store, AnswerLimits limits, LongConsumer received, Set<String> pictureMembers)
            throws IOException {
        try (AnswerReader reader = new AnswerReader(in, store, limits, received, pictureMembers)) {
            return reader.read().orElseThrow(() -> new MalformedAnswerException("it is empty", "", 0, null));
        }
    }

    /**
     * Does the same as {@link #readEvents(InputStream, PayloadStore, AnswerLimits, Consumer)}, with the default limits.
     */
    public static void readEvents(InputStream sse, PayloadStore store, Consumer<JsonNode> consumer) throws IOException {
        readEvents(sse, store, AnswerLimits.DEFAULT, consumer);
    }

    /**
     * Reads server-sent events to the end of the stream, or to an event {@code [DONE]}. Passes the JSON of each event
     * on when it is complete. Its payloads are discarded if the consumer throws. The limits apply to each event; all
     * events together may have eight times as much text.
     *
     * @throws MalformedAnswerException if the data of an event is malformed; earlier ones were passed on
     * @throws IOException from the stream or the store
     */
    public static void readEvents(InputStream sse, PayloadStore store, AnswerLimits limits, Consumer<JsonNode> consumer)
            throws IOException {
        readEvents(sse, store, limits, bytes -> {}, consumer);
    }

    /**
     * Does the same as {@link #readEvents(InputStream, PayloadStore, AnswerLimits, Consumer)}, and reports the
     * progress.
     *
     * @param received called many times for each picture, with the number of bytes of pictures so far
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

    /** All payloads of a tree in the order of the JSON: pictures and long thought signatures. */
    public static List<Payload> payloads(JsonNode tree) {
        return Payloads.of(tree);
    }

    /** Discards all payloads of a tree, except those that were handed out. */
    public static void discard(JsonNode tree) {
        Payloads.discard(tree);
    }

    /** The approximate heap size of a tree without its payloads, in bytes. */
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
