package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * Reads the body of a message as one request or as many.
 *
 * <p>An item is a {@link JsonItems.Item}, a {@link BatchEntry}, an {@link Exchange}, a message, or any element of a
 * Java collection.
 */
final class BatchBody implements AutoCloseable {

    private static final String BODY = "the message body";
    private static final Set<String> TYPES_OF_LINES = Set.of(
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/x-ndjson",
            "application/ndjson",
            "application/json-seq",
            "text/jsonl");
    private static final Pattern NAME_OF_LINES = Pattern.compile("\\.(jsonl|ndjson)$", Pattern.CASE_INSENSITIVE);

    private final ImageRequest.Builder copies = ImageRequest.builder();
    private final BodyReader bodies;
    private final PayloadStore store;
    private final Exchange exchange;
    private final Object body;
    private final Form form;
    /** The JSON of an array or of JSON Lines, in UTF-8. */
    private final PayloadSource json;

    private BatchItems open;

    private enum Form {
        ONE,
        MANY,
        ENTRIES,
        ARRAY,
        LINES
    }

    /**
     * @param exchange stays unchanged, except a stream that can be read only once
     */
    BatchBody(Exchange exchange, MessageValues values, BodyReader bodies, PayloadStore store) {
        this.bodies = bodies;
        this.store = store;
        Object message = exchange.getMessage().getBody();
        Object given = message instanceof Exchange || message instanceof Message ? List.of(message) : message;
        // Neither of these may be converted.
        Object plain = given instanceof BaseStream || given instanceof Iterator || isSequence(given)
                ? given
                : values.plain(given, exchange);
        try {
            if (plain instanceof Map<?, ?> map) {
                this.form = BatchEntry.isOneRequest(map) ? Form.ONE : Form.ENTRIES;
                this.body = plain;
                this.json = null;
                this.exchange = exchange;
            } else if (plain instanceof BaseStream || plain instanceof Iterator || isSequence(plain)) {
                this.form = Form.MANY;
                this.body = plain;
                this.json = null;
                this.exchange = exchange;
            } else {
                Bytes bytes = bytes(plain, exchange);
                this.form = bytes == null ? Form.ONE : form(bytes, exchange);
                this.json = form == Form.ONE ? null : inUtf8(bytes);
                this.body = plain;
                this.exchange = form == Form.ONE && bytes != null ? withBody(bytes, plain, exchange) : exchange;
            }
        } catch (IOException e) {
            copies.discard();
            throw LocalStorageException.or(
                    e, () -> new InvalidRequestException(BODY + " cannot be read: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            copies.discard();
            throw e;
        }
    }

    /** Paths and JSON trees are iterable too, but single values. */
    private static boolean isSequence(Object value) {
        return value instanceof Iterable<?>
                && !(value instanceof Path)
                && !(value instanceof JsonNode)
                && !(value instanceof WrappedFile<?>);
    }

    /** The message, with a body that can be read again. */
    Exchange exchange() {
        return exchange;
    }

    /** Whether {@link #items} can be called more than once. */
    boolean isReadAgain() {
        return form != Form.MANY || body instanceof Collection<?>;
    }

    /** All items from the beginning. Closes the items that were opened before. */
    BatchItems items() throws IOException {
        close(open);
        open = switch (form) {
            case ONE -> BatchItems.of(List.of(exchange).iterator());
            case ENTRIES ->
                BatchItems.of(((Map<?, ?>) body)
                        .entrySet().stream()
                                .map(entry -> new BatchEntry(String.valueOf(entry.getKey()), entry.getValue()))
                                .iterator());
            case MANY -> BatchItems.of(iterator());
            default -> BatchItems.of(new JsonItems(withoutMark(json), form == Form.ARRAY));
        };
        return open;
    }

    private Iterator<?> iterator() {
        if (body instanceof BaseStream<?, ?> stream) {
            return stream.iterator();
        }
        return body instanceof Iterator<?> iterator ? iterator : ((Iterable<?>) body).iterator();
    }

    /**
     * @param source of a body that may be JSON
     * @param charset of its text
     */
    private record Bytes(PayloadSource source, Charset charset) {}

    /** The bytes of a text or a picture; null if it cannot be JSON. */
    private Bytes bytes(Object plain, Exchange exchange) throws IOException {
        if (plain instanceof CharSequence text) {
            int first = JsonBody.firstInk(text);
            boolean worth = first == '{' || first == '[' || isOfLines(plain, exchange);
            return worth ? new Bytes(spooled(new StringReader(text.toString())), StandardCharsets.UTF_8) : null;
        }
        if (plain instanceof Reader reader) {
            PayloadSource text = spooled(reader);
            if (reader instanceof StreamCache cache) {
                cache.reset();
            }
            return new Bytes(text, StandardCharsets.UTF_8);
        }
        if (plain == null || plain instanceof ImageRequest || !MessageValues.isContent(plain)) {
            return null;
        }
        PayloadSource source = bodies.source(plain, BODY, copies);
        Charset charset = ByteOrderMark.of(source)
                .map(ByteOrderMark::charset)
                .orElseGet(() -> RequestReader.charset(exchange, contentType(exchange)));
        return new Bytes(source, charset);
    }

    private Form form(Bytes bytes, Exchange exchange) throws IOException {
        if (isOfLines(exchange.getMessage().getBody(), exchange)) {
            return Form.LINES;
        }
        boolean isJson = JsonBody.isJson(contentType(exchange));
        int first;
        int second;
        try (Reader text = new InputStreamReader(bytes.source.newInputStream(), bytes.charset)) {
            first = ink(text);
            second = first == '[' ? ink(text) : -1;
        }
        if (first == '[' && (isJson || "{[\"]".indexOf(second) >= 0 && isArray(bytes))) {
            return Form.ARRAY;
        }
        return first == '{' && (isJson || isRequest(bytes)) ? Form.LINES : Form.ONE;
    }

    private static int ink(Reader text) throws IOException {
        int next = text.read();
        while (next >= 0 && !JsonBody.isInk(next)) {
            next = text.read();
        }
        return next;
    }

    /** A prompt may begin with a word in brackets. A body longer than any prompt is not a prompt. */
    private boolean isArray(Bytes bytes) throws IOException {
        if (bytes.source.length() > Values.LONGEST_TEXT) {
            return true;
        }
        try (JsonItems items = new JsonItems(withoutMark(inUtf8(bytes)), true)) {
            while (items.hasNext()) {
                items.next();
            }
            return true;
        } catch (BrokenJsonException e) {
            return e.isCutOff();
        }
    }

    private boolean isRequest(Bytes bytes) throws IOException {
        try (JsonItems items = new JsonItems(withoutMark(inUtf8(bytes)), false)) {
            return items.hasNext() && JsonBody.isRequestOfBatch(items.next());
        } catch (BrokenJsonException e) {
            return false;
        }
    }

    private static boolean isOfLines(Object body, Exchange exchange) {
        String type = contentType(exchange);
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        String name = file instanceof File || file instanceof Path
                ? file.toString()
                : exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class);
        return type != null
                        && TYPES_OF_LINES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                || NAME_OF_LINES.matcher(name).find();
    }

    private static String contentType(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
    }

    /** A stream that was read for this check is replaced by its copy. */
    private Exchange withBody(Bytes bytes, Object plain, Exchange exchange) {
        boolean lasts = plain instanceof CharSequence || plain instanceof StreamCache || bytes.source == plain;
        boolean isOnce = plain instanceof InputStream || plain instanceof Reader || plain instanceof WrappedFile<?>;
        if (lasts || !isOnce) {
            return exchange;
        }
        Exchange copy = exchange.copy();
        copy.getMessage().setBody(bytes.source);
        if (plain instanceof Reader) {
            copy.setProperty(Exchange.CHARSET_NAME, StandardCharsets.UTF_8.name());
        }
        return copy;
    }

    private PayloadSource inUtf8(Bytes bytes) throws IOException {
        if (bytes.charset.equals(StandardCharsets.UTF_8)) {
            return bytes.source;
        }
        // A decoder of its own reports invalid bytes; the charset would replace them by question marks.
        try (Reader text = new InputStreamReader(bytes.source.newInputStream(), bytes.charset.newDecoder())) {
            return spooled(text);
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(BODY + " is not text in " + bytes.charset, e);
        }
    }

    private PayloadSource spooled(Reader text) throws IOException {
        try (PayloadStore.Writer bytes = store.newWriter()) {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8.newEncoder());
            text.transferTo(out);
            out.flush();
            return copies.own(bytes.finish());
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(
                    BODY + " contains half of a character (a lone surrogate), as if a text was cut inside an emoji", e);
        }
    }

    static InputStream withoutMark(PayloadSource utf8) throws IOException {
        int mark = ByteOrderMark.of(utf8).map(ByteOrderMark::length).orElse(0);
        InputStream in = utf8.newInputStream();
        byte[] start = in.readNBytes(3);
        InputStream begin = new ByteArrayInputStream(start, mark, start.length - mark);
        return new SequenceInputStream(begin, in);
    }

    private static void close(BatchItems items) {
        if (items != null) {
            items.close();
        }
    }

    /** Also closes the body, if it needs that: a Java stream, or an iterator over a database. */
    @Override
    public void close() {
        close(open);
        copies.discard();
        Optional.of(body == null ? "" : body)
                .filter(given -> given instanceof BaseStream || given instanceof Iterator)
                .filter(AutoCloseable.class::isInstance)
                .ifPresent(given -> {
                    try {
                        ((AutoCloseable) given).close();
                    } catch (Exception e) {
                        throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
                    }
                });
    }
}
