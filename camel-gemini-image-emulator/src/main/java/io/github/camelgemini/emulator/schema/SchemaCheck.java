package io.github.camelgemini.emulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Goes through a request and collects all errors. */
final class SchemaCheck {

    private final RequestSchema schema;
    private final List<Violation> violations = new ArrayList<>();

    SchemaCheck(RequestSchema schema) {
        this.schema = schema;
    }

    CheckedRequest check(String message, JsonNode request) {
        JsonNode json = message(message, request, "");
        return new CheckedRequest(json, violations);
    }

    private JsonNode message(String message, JsonNode node, String path) {
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        if (!node.isObject()) {
            violations.add(Violation.invalidValue(path, message, node.toString()));
            return checked;
        }
        Set<String> oneofs = new HashSet<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String snake = snakeCase(field.getKey());
            FieldType type = schema.fields(message).get(snake);
            if (type == null) {
                violations.add(Violation.unknownName(path, field.getKey()));
                continue;
            }
            if (field.getValue().isNull()) {
                continue;
            }
            type.oneof()
                    .filter(group -> !oneofs.add(group))
                    .ifPresent(group -> violations.add(new Violation(
                            path,
                            "Invalid value at '" + path + "' (oneof), oneof field '" + group
                                    + "' is already set. Cannot set '" + field.getKey() + "'")));
            String at = path.isEmpty() ? snake : path + "." + snake;
            checked.set(camelCase(snake), value(type, field.getValue(), at));
        }
        return checked;
    }

    private JsonNode value(FieldType type, JsonNode node, String path) {
        if (type.repeated()) {
            return list(type.element(), node, path);
        }
        if (schema.fields(type.name()) != null) {
            return message(type.name(), node, path);
        }
        boolean valid =
                switch (type.name()) {
                    case "string" -> node.isTextual();
                    case "blob" -> node.isPojo();
                    case "bytes" -> node.isTextual() && base64(node.asText(), path);
                    case "bool" -> node.isBoolean();
                    case "number" -> number(node);
                    case "integer" -> number(node) && node.asDouble() == Math.rint(node.asDouble());
                    case "enum" -> node.isInt() || enumValue(type, node);
                    default -> true;
                };
        if (!valid) {
            violations.add(Violation.invalidValue(path, protoType(type), node.toString()));
        }
        return node;
    }

    private boolean enumValue(FieldType type, JsonNode node) {
        return node.isTextual() && schema.hasEnumValue(type.enumeration().orElseThrow(), node.asText());
    }

    private JsonNode list(FieldType element, JsonNode node, String path) {
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        if (!node.isArray()) {
            // The API accepts a single value in place of a list with one element.
            return checked.add(value(element, node, path));
        }
        for (int i = 0; i < node.size(); i++) {
            checked.add(value(element, node.get(i), path + "[" + i + "]"));
        }
        return checked;
    }

    private boolean base64(String text, String path) {
        String standard = text.replace('-', '+').replace('_', '/');
        try {
            Base64.getDecoder().decode(standard);
        } catch (IllegalArgumentException notBase64) {
            violations.add(Violation.invalidBase64(path, text));
        }
        return true;
    }

    /** Numbers may also be strings, as in all protobuf JSON. */
    private static boolean number(JsonNode node) {
        if (node.isNumber()) {
            return true;
        }
        try {
            Double.parseDouble(node.asText());
            return node.isTextual();
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private String protoType(FieldType type) {
        return switch (type.name()) {
            case "number" -> "TYPE_FLOAT";
            case "integer" -> "TYPE_INT32";
            case "enum" -> schema.enumType(type.enumeration().orElseThrow());
            default -> "TYPE_" + type.name().toUpperCase(Locale.ROOT);
        };
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String camelCase(String snake) {
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
