package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The keys in a file of requests; each must be unique. */
final class LineKeys {

    private static final JsonFactory JSON = new JsonFactory();

    private final Set<String> keys = new HashSet<>();
    private String repeated;

    /** Adds the key of a line. A line that is not JSON has none, and becomes a failed request later. */
    void add(byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean key = parser.currentName().equals("key");
                if (parser.nextToken() == JsonToken.VALUE_STRING && key) {
                    if (!keys.add(parser.getText())) {
                        repeated = parser.getText();
                    }
                    return;
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            // Not JSON either.
        }
    }

    /** The key that came twice. */
    Optional<String> repeated() {
        return Optional.ofNullable(repeated);
    }
}
