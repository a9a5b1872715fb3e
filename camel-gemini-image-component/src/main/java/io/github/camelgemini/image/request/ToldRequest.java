package io.github.camelgemini.image.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What is known about a request of a batch before it is read.
 *
 * @param key from the sender; null when there is none
 * @param pictures number of pictures, and so of requests that it becomes
 */
record ToldRequest(Object key, int pictures) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    /** Room for white space before the brace of an object in quotes. */
    private static final int LOOK_AHEAD = 64;

    /** Looks at the items of a message. */
    static final class Teller {

        private final ImageRequest template;
        private final Exchange message;

        /**
         * @param message its headers apply to every request that does not override them
         */
        Teller(ImageRequest template, Exchange message) {
            this.template = template;
            this.message = message;
        }

        /**
         * @return null if this is not known, for example for a stream that can be read only once
         */
        ToldRequest of(Object item, int number) throws IOException {
            Found found = new Found();
            try {
                return look(item, found) ? new ToldRequest(found.key, pictures(item, found.numImages)) : null;
            } catch (JacksonException e) {
                String line = item instanceof JsonItems.Item json ? ", line " + json.line() : "";
                throw new InvalidRequestException(
                        "request " + number + line + ": it is not valid JSON: " + Values.quote(e.getOriginalMessage()),
                        e);
            }
        }

        private boolean look(Object item, Found found) throws IOException {
            if (item instanceof JsonItems.Item json) {
                found.inJson(json);
                return true;
            }
            if (item instanceof BatchEntry entry) {
                boolean unused = look(entry.request(), found);
                found.key = entry.key();
                return true;
            }
            if (item instanceof Map<?, ?> map) {
                BatchEntry entry = BatchEntry.of(map);
                found.key = entry.key();
                found.inMap(entry.request());
                return true;
            }
            if (item instanceof CharSequence text) {
                found.inText(text.toString());
                return true;
            }
            Message own = messageOf(item);
            if (own == null) {
                return item instanceof Collection<?>;
            }
            Object header = own.getHeader(BatchHeaders.BATCH_KEY);
            boolean isTold = look(own.getBody(), found) || header != null;
            found.key = found.key == null ? header : found.key;
            return isTold;
        }

        private int pictures(Object item, Object ofBody) {
            String header = Parameter.NUM_IMAGES.headerName();
            Message own = messageOf(item);
            Object count = own == null ? null : own.getHeader(header);
            count = count == null ? message.getMessage().getHeader(header) : count;
            count = count == null ? ofBody : count;
            if (count == null) {
                return template.get(Parameter.NUM_IMAGES).orElse(1);
            }
            try {
                return Parameter.NUM_IMAGES.read(count, Parameter.NUM_IMAGES.optionName());
            } catch (InvalidRequestException e) {
                // Reported when the item is read.
                return 1;
            }
        }

        private static Message messageOf(Object item) {
            return item instanceof Exchange each ? each.getMessage() : item instanceof Message each ? each : null;
        }
    }

    /** What a body contains. */
    private static final class Found {

        private Object key;
        private Object numImages;

        void inJson(JsonItems.Item item) throws IOException {
            if (item.first() == '{') {
                in(item);
            } else if (item.first() == '"') {
                byte[] start = item.readNBytes(LOOK_AHEAD);
                if (new String(start, 1, start.length - 1, StandardCharsets.UTF_8)
                        .stripLeading()
                        .startsWith("{")) {
                    inText(BatchItemReader.words(new SequenceInputStream(new ByteArrayInputStream(start), item)));
                }
            }
        }

        void inText(String text) throws IOException {
            byte[] bytes = JsonBody.firstInk(text) == '{' ? text.getBytes(StandardCharsets.UTF_8) : null;
            if (bytes != null && JsonBody.isRequestOfBatch(new ByteArrayInputStream(bytes))) {
                in(new ByteArrayInputStream(bytes));
            }
        }

        private void in(InputStream object) throws IOException {
            try (JsonParser parser = JSON.createParser(object)) {
                parser.nextToken();
                String ofMetadata = inObject(parser);
                key = key == null ? ofMetadata : key;
            }
        }

        /**
         * @return the key in its metadata, or null
         */
        private String inObject(JsonParser parser) throws IOException {
            String ofMetadata = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && name.equalsIgnoreCase(JsonBody.KEY)) {
                    key = parser.getValueAsString();
                } else if (value.isScalarValue() && isNumImages(name)) {
                    numImages = parser.getValueAsString();
                } else if (value == JsonToken.START_OBJECT && name.equalsIgnoreCase(JsonBody.METADATA)) {
                    ofMetadata = keyOfMetadata(parser);
                } else if (value == JsonToken.START_OBJECT && JsonBody.ENVELOPES_OF_BATCH.contains(name)) {
                    inEnvelope(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return ofMetadata;
        }

        private void inEnvelope(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue() && isNumImages(name)) {
                    numImages = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private static String keyOfMetadata(JsonParser parser) throws IOException {
            String key = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isKey = parser.currentName().equals(JsonBody.KEY);
                if (parser.nextToken().isScalarValue() && isKey) {
                    key = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
            return key;
        }

        void inMap(Object request) {
            if (request instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    if (isNumImages(String.valueOf(name))) {
                        numImages = value;
                    } else if (JsonBody.ENVELOPES_OF_BATCH.contains(String.valueOf(name))) {
                        inMap(value);
                    }
                });
            }
        }

        private static boolean isNumImages(String name) {
            return Parameter.ofField(name).filter(Parameter.NUM_IMAGES::equals).isPresent();
        }
    }
}
