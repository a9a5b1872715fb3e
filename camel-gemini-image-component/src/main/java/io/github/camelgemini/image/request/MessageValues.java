package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.PayloadSource;
import jakarta.activation.DataHandler;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Converts values that endpoints, languages and data formats put into a message to a few simple forms: text, numbers,
 * booleans, collections, maps, and bytes. For unknown types it uses Camel's type converters.
 */
final class MessageValues {

    private final CamelContext context;

    MessageValues(CamelContext context) {
        this.context = context;
    }

    /**
     * Converts a value to a simple form.
     *
     * @return the value itself if there is no better form; null for a value that means nothing, such as JSON's null
     */
    Object plain(Object value, Exchange exchange) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null), exchange);
        }
        if (value instanceof JsonNode json) {
            return plain(ofJson(json), exchange);
        }
        if (value instanceof char[] characters) {
            return new String(characters);
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (value instanceof Enum<?> word) {
            return word;
        }
        return isPlain(value) ? value : converted(value, exchange);
    }

    /** Does the same for a value and everything in a collection or a map. */
    Object plainWithin(Object value, Exchange exchange) {
        Object plain = plain(value, exchange);
        if (plain instanceof Collection<?> items) {
            List<Object> all = new ArrayList<>();
            items.forEach(item -> all.add(plain(item, exchange)));
            return all;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, entry) -> all.put(key, plain(entry, exchange)));
            return all;
        }
        return plain;
    }

    /** Whether a value consists of bytes or characters that have to be read. */
    static boolean isContent(Object value) {
        return value instanceof byte[]
                || value instanceof ByteBuffer
                || value instanceof InputStream
                || value instanceof StreamCache
                || value instanceof PayloadSource
                || value instanceof Reader
                || value instanceof File
                || value instanceof Path
                || value instanceof WrappedFile<?>
                || value instanceof DataHandler;
    }

    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Collection<?>
                || value instanceof Map<?, ?>
                || value instanceof ImageRequest
                || value.getClass().getName().startsWith("io.github.camelgemini.")
                || isContent(value);
    }

    private static Object ofJson(JsonNode json) {
        if (json.isNull() || json.isMissingNode()) {
            return null;
        }
        if (json instanceof POJONode pojo) {
            return pojo.getPojo();
        }
        if (json instanceof BinaryNode binary) {
            return binary.binaryValue();
        }
        if (json.isTextual()) {
            return json.textValue();
        }
        if (json.isNumber()) {
            return json.numberValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isArray()) {
            List<Object> items = new ArrayList<>();
            json.forEach(item -> items.add(ofJson(item)));
            return items;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        json.fields().forEachRemaining(member -> members.put(member.getKey(), ofJson(member.getValue())));
        return members;
    }

    private Object converted(Object value, Exchange exchange) {
        // XPath gives an element instead of its text, and a list for a single element.
        if (value instanceof Node node && node.getNodeType() != Node.DOCUMENT_NODE) {
            return node.getTextContent();
        }
        if (value instanceof NodeList nodes && !(value instanceof Node)) {
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent())
                    .collect(Collectors.joining("\n"));
        }
        // Before Camel's converters, which open a URL.
        if (isWrittenAsText(value)) {
            return value.toString();
        }
        Class<?> type = hasConverter(InputStream.class, value) ? InputStream.class : String.class;
        // Camel would otherwise use toString(), which is no useful text for most objects.
        Object converted =
                hasConverter(type, value) ? context.getTypeConverter().tryConvertTo(type, exchange, value) : null;
        return converted == null ? value : converted;
    }

    private boolean hasConverter(Class<?> type, Object value) {
        return context.getTypeConverterRegistry().lookup(type, value.getClass()) != null;
    }

    /** Types such as UUID, URI and dates, whose text is their value. */
    private static boolean isWrittenAsText(Object value) {
        return value.getClass().getName().startsWith("java.")
                && (value instanceof Comparable<?> || value instanceof URL || value instanceof Locale);
    }
}
