package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.support.DefaultExchange;

/** Converts an item of a batch to its key and its request, with the {@link RequestReader} for messages. */
final class BatchItemReader {

    private static final byte[] BEFORE_PICTURE = "{\"images\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_PICTURE = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final String BODY = "the message body";
    private static final String IMAGES = "images";
    private static final String DATA_URI = "\"data:";
    /** The longest text, with every character as an escape of six. */
    private static final int LONGEST_STRING = 6 * Values.LONGEST_TEXT + 2;

    private final RequestReader reader;
    private final JsonBody json;
    private final BodyReader bodies;
    private final MessageValues values;
    private final Exchange exchange;
    private Asking last;

    /**
     * @param exchange its headers apply to every request that does not override them
     */
    BatchItemReader(RequestReader reader, JsonBody json, BodyReader bodies, MessageValues values, Exchange exchange) {
        this.reader = reader;
        this.json = json;
        this.bodies = bodies;
        this.values = values;
        this.exchange = exchange;
    }

    /**
     * @param key from the sender, or null
     * @param request to be closed
     */
    record Keyed(Object key, ImageRequest request) {}

    /** A request that is not read yet. */
    private static final class Asking {

        private final ImageRequest.Builder copies = ImageRequest.builder();
        private final Exchange exchange;
        private Object key;

        Asking(Exchange exchange) {
            this.exchange = exchange;
        }

        Object body() {
            return exchange.getMessage().getBody();
        }

        void become(BatchEntry entry) {
            key = entry.key() == null ? key : entry.key();
            exchange.getMessage().setBody(entry.request());
        }
    }

    /**
     * Reads an item. Waits for pictures that it refers to by URL.
     *
     * @throws io.github.camelgemini.image.error.GeminiImageException as {@link RequestReader#read}
     */
    Keyed read(Object item) throws IOException {
        Asking asking = asking(item);
        last = asking;
        try {
            open(asking);
            ImageRequest request = reader.read(asking.exchange).join();
            return new Keyed(asking.key, request.owning(asking.copies));
        } catch (CompletionException e) {
            asking.copies.discard();
            throw e.getCause() instanceof RuntimeException known ? known : e;
        } catch (IOException | RuntimeException e) {
            asking.copies.discard();
            throw e;
        }
    }

    /** The key of the last item, even if the item could not be read; or null. */
    Object lastKey() {
        return last == null ? null : last.key;
    }

    private Asking asking(Object item) {
        if (item == exchange) {
            Asking whole = new Asking(exchange.copy());
            whole.key = exchange.getMessage().getHeader(BatchHeaders.BATCH_KEY);
            return whole;
        }
        if (item instanceof BatchEntry entry) {
            Asking asking = asking(entry.request());
            asking.key = entry.key();
            return asking;
        }
        Message own = item instanceof Exchange each ? each.getMessage() : item instanceof Message each ? each : null;
        if (own == null) {
            Exchange copy = exchange.copy();
            // Applies to the whole message, not to an item.
            copy.getMessage().removeHeader(Exchange.CONTENT_TYPE);
            copy.getMessage().removeHeader(Exchange.CONTENT_ENCODING);
            copy.getMessage().setBody(item);
            return new Asking(copy);
        }
        Exchange copy = new DefaultExchange(exchange.getContext());
        copy.setExchangeId(exchange.getExchangeId());
        if (item instanceof Exchange each) {
            copy.getProperties().putAll(each.getProperties());
        }
        copy.setMessage(own.copy());
        Message message = copy.getMessage();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            boolean ofTheWhole = name.equalsIgnoreCase(Exchange.CONTENT_TYPE)
                    || name.equalsIgnoreCase(Exchange.CONTENT_ENCODING)
                    || name.equalsIgnoreCase(BatchHeaders.BATCH_KEY);
            if (!ofTheWhole && !message.getHeaders().containsKey(name)) {
                message.setHeader(name, value);
            }
        });
        AttachmentMessage attached = exchange.getMessage(AttachmentMessage.class);
        if (attached.hasAttachments()) {
            AttachmentMessage target = copy.getMessage(AttachmentMessage.class);
            attached.getAttachmentObjects().forEach(target::addAttachmentObject);
        }
        Asking asking = new Asking(copy);
        asking.key = message.getHeader(BatchHeaders.BATCH_KEY);
        return asking;
    }

    /** Separates the key from a request, and opens JSON. */
    private void open(Asking asking) throws IOException {
        Object body = asking.body();
        if (body instanceof JsonItems.Item item) {
            Object content = ofJson(item, asking);
            asking.exchange.getMessage().setBody(content);
            asking.exchange.setProperty(Exchange.CHARSET_NAME, StandardCharsets.UTF_8.name());
            if (content instanceof String words) {
                openText(words, asking);
            }
            return;
        }
        Object plain = values.plain(body, asking.exchange);
        if (plain == null && body != null) {
            throw new InvalidRequestException("it is null");
        }
        if (plain instanceof Map<?, ?> map) {
            asking.become(BatchEntry.of(map));
        } else if (plain instanceof CharSequence || MessageValues.isContent(plain)) {
            openText(plain, asking);
        }
    }

    /** Text in UTF-8 that is a request in JSON; other text stays unchanged. */
    private void openText(Object plain, Asking asking) throws IOException {
        if (plain instanceof Reader || plain instanceof CharSequence text && JsonBody.firstInk(text) != '{') {
            return;
        }
        PayloadSource source = plain instanceof CharSequence text
                ? Values.utf8(text.toString(), BODY)
                : bodies.source(plain, BODY, asking.copies);
        if (plain instanceof InputStream && !(plain instanceof StreamCache)) {
            asking.exchange.getMessage().setBody(source);
        }
        try (InputStream in = BatchBody.withoutMark(source)) {
            if (!JsonBody.isRequestOfBatch(in)) {
                return;
            }
        }
        try (InputStream in = BatchBody.withoutMark(source)) {
            asking.exchange.getMessage().setBody(ofObject(in, asking));
        }
    }

    private Object ofJson(JsonItems.Item item, Asking asking) throws IOException {
        return switch (item.first()) {
            case '"' -> ofString(item, asking.copies);
            case '[' -> ofArray(item, asking.copies);
            default -> ofObject(item, asking);
        };
    }

    private RequestTree ofObject(InputStream object, Asking asking) throws IOException {
        ObjectNode tree = json.readItem(object);
        asking.copies.own(tree);
        BatchEntry entry = BatchEntry.of(tree);
        asking.key = entry.key() == null ? asking.key : entry.key();
        return new RequestTree((ObjectNode) entry.request());
    }

    /** Text and pictures. */
    private List<Object> ofArray(InputStream item, ImageRequest.Builder copies) throws IOException {
        List<Object> all = new ArrayList<>();
        JsonItems items = new JsonItems(item, true);
        while (items.hasNext()) {
            JsonItems.Item next = items.next();
            if (next.first() != '"') {
                throw new InvalidRequestException("a list contains texts and images, each as a JSON string");
            }
            all.add(ofString(next, copies));
        }
        return all;
    }

    /** The text of a JSON string. */
    static String words(InputStream quoted) throws IOException {
        byte[] text = quoted.readNBytes(LONGEST_STRING + 1);
        if (text.length > LONGEST_STRING) {
            throw new InvalidRequestException("it has more than " + Values.LONGEST_TEXT
                    + " characters; a prompt may have at most " + Values.LONGEST_TEXT);
        }
        return JsonBody.text(text);
    }

    /** Either a text, which is short, or the data URI of a picture, of any size. */
    private Object ofString(InputStream item, ImageRequest.Builder copies) throws IOException {
        byte[] start = item.readNBytes(DATA_URI.length());
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), item);
        if (!new String(start, StandardCharsets.US_ASCII).equalsIgnoreCase(DATA_URI)) {
            return words(whole);
        }
        InputStream object = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(BEFORE_PICTURE), whole, new ByteArrayInputStream(AFTER_PICTURE))));
        ObjectNode tree = json.readItem(object);
        copies.own(tree);
        JsonNode picture = tree.path(IMAGES).path(0);
        return picture instanceof POJONode payload ? (Payload) payload.getPojo() : picture.asText();
    }
}
