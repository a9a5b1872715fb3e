package io.github.camelgemini.emulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields and types of requests. The Developer API and Vertex AI have different ones, and both refuse unknown
 * fields.
 */
public final class RequestSchema {

    private final Map<String, Map<String, FieldType>> messages = new HashMap<>();
    private final Map<String, Set<String>> enumValues = new HashMap<>();
    private final Map<String, String> enumTypes = new HashMap<>();

    private RequestSchema(JsonNode root, char foreign) {
        root.required("messages").properties().forEach(message -> {
            Map<String, FieldType> fields = new HashMap<>();
            message.getValue().properties().forEach(field -> {
                if (field.getKey().charAt(0) != foreign) {
                    fields.put(
                            unmarked(field.getKey()),
                            FieldType.parse(field.getValue().asText()));
                }
            });
            messages.put(message.getKey(), fields);
        });
        root.required("enums").properties().forEach(entry -> {
            Set<String> values = new HashSet<>();
            for (JsonNode value : entry.getValue().required("values")) {
                if (value.asText().charAt(0) != foreign) {
                    values.add(unmarked(value.asText()));
                }
            }
            enumValues.put(entry.getKey(), values);
            enumTypes.put(entry.getKey(), entry.getValue().required("type").asText());
        });
    }

    /** The schema of the Developer API. */
    public static RequestSchema developer() {
        return new RequestSchema(read(), '*');
    }

    /** The schema of Vertex AI. */
    public static RequestSchema vertex() {
        return new RequestSchema(read(), '+');
    }

    private static JsonNode read() {
        try (InputStream in = RequestSchema.class.getResourceAsStream("requests.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("requests.json of the emulator cannot be read", e);
        }
    }

    private static String unmarked(String name) {
        return name.charAt(0) == '*' || name.charAt(0) == '+' ? name.substring(1) : name;
    }

    /** Checks a request, and converts all its field names to camelCase. */
    public CheckedRequest check(String message, JsonNode request) {
        return new SchemaCheck(this).check(message, request);
    }

    Map<String, FieldType> fields(String message) {
        return messages.get(message);
    }

    /** Ignores case, like the API's own examples. */
    boolean hasEnumValue(String enumeration, String value) {
        return enumValues.get(enumeration).contains(value.toUpperCase(Locale.ROOT));
    }

    String enumType(String enumeration) {
        return enumTypes.get(enumeration);
    }
}
