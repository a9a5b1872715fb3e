package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Rewrites the field names of an answer, like some gateways. */
public final class SnakeCase {

    private SnakeCase() {}

    /** Rewrites all names. */
    public static JsonNode of(JsonNode json) {
        if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> copy.set(name(field.getKey()), of(field.getValue())));
            return copy;
        }
        if (json.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> copy.add(of(element)));
            return copy;
        }
        return json;
    }

    /** Rewrites only the fields with pictures, and those in them. */
    public static JsonNode ofInlineData(JsonNode json) {
        if (json.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> {
                if (field.getKey().equals("inlineData")) {
                    copy.set("inline_data", of(field.getValue()));
                } else {
                    copy.set(field.getKey(), ofInlineData(field.getValue()));
                }
            });
            return copy;
        }
        if (json.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> copy.add(ofInlineData(element)));
            return copy;
        }
        return json;
    }

    private static String name(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
