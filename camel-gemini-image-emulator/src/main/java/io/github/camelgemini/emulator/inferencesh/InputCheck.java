package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the input of an app against its schema. Unknown fields are errors too. */
final class InputCheck {

    private final List<String> wrong = new ArrayList<>();

    private InputCheck() {}

    /** A sentence for each error; empty when there is none. */
    static List<String> check(JsonNode input, JsonNode schema) {
        InputCheck check = new InputCheck();
        for (JsonNode required : schema.required("required")) {
            if (!input.hasNonNull(required.asText())) {
                check.wrong.add(required.asText() + ": field required");
            }
        }
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            JsonNode expected = schema.required("properties").path(field.getKey());
            if (expected.isMissingNode()) {
                check.wrong.add(field.getKey() + ": unknown field");
            } else if (!field.getValue().isNull()) {
                check.value(field.getKey(), field.getValue(), expected);
            }
        }
        return check.wrong;
    }

    private void value(String name, JsonNode value, JsonNode schema) {
        switch (schema.required("type").asText()) {
            case "string" -> text(name, value, schema);
            case "integer" -> number(name, value, schema);
            case "boolean" -> expect(value.isBoolean(), name + ": expected a boolean");
            default -> list(name, value, schema);
        }
    }

    private void text(String name, JsonNode value, JsonNode schema) {
        if (schema.path("format").asText().equals("uri")) {
            expect(isUri(value), name + ": expected a URI");
            return;
        }
        expect(value.isTextual(), name + ": expected a string");
        expect(
                value.asText().length() >= schema.path("minLength").asInt(),
                name + ": must have at least " + schema.path("minLength").asInt() + " character");
        if (schema.has("enum")) {
            List<String> allowed = new ArrayList<>();
            schema.path("enum").forEach(one -> allowed.add(one.asText()));
            expect(
                    value.isTextual() && allowed.contains(value.asText()),
                    name + ": expected one of " + String.join(", ", allowed));
        }
    }

    private void number(String name, JsonNode value, JsonNode schema) {
        int least = schema.required("minimum").asInt();
        int most = schema.required("maximum").asInt();
        expect(
                value.isIntegralNumber() && value.asLong() >= least && value.asLong() <= most,
                name + ": expected an integer from " + least + " to " + most);
    }

    private void list(String name, JsonNode value, JsonNode schema) {
        expect(value.isArray(), name + ": expected an array");
        int most = schema.required("maxItems").asInt();
        expect(value.size() <= most, name + ": at most " + most + " items");
        for (int i = 0; i < value.size(); i++) {
            value(name + "." + i, value.get(i), schema.required("items"));
        }
    }

    /** Plain Base64 is not a URI; a data URI was already decoded. */
    private static boolean isUri(JsonNode value) {
        if (value instanceof POJONode pojo) {
            return !((ReferencePicture) pojo.getPojo()).mimeType().isEmpty();
        }
        try {
            return value.isTextual() && new URI(value.asText()).isAbsolute();
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private void expect(boolean right, String otherwise) {
        if (!right && !wrong.contains(otherwise)) {
            wrong.add(otherwise);
        }
    }
}
