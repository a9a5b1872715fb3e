package io.github.camelgemini.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The component and its Kamelets in the format of Kaoto's catalogs: Camel's description with {@code propertiesSchema},
 * the JSON schema of Kaoto's form. The rules are those of Kaoto's catalog generator. They give the same result for each
 * component in {@code
 * @kaoto/camel-catalog} 0.10.4.
 */
final class KaotoEntries {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String SCHEMA = "http://json-schema.org/draft-07/schema#";
    private static final List<String> NAMES = List.of(
            "gemini-image-action",
            "gemini-image-batch-action",
            "gemini-image-batch-results-source",
            "gemini-image-edit-action");
    private static final List<String> OF_KAMELETS =
            List.of("type", "title", "description", "enum", "default", "format");

    private KaotoEntries() {}

    /** The name of an entry in its catalog. */
    static String name(ObjectNode entry) {
        return entry.path(entry.has("component") ? "component" : "metadata")
                .path("name")
                .asText();
    }

    static ObjectNode component() throws IOException {
        try (InputStream json = KaotoEntries.class.getResourceAsStream(GeneratedTables.CATALOG_JSON)) {
            ObjectNode component = (ObjectNode) JSON.readTree(json);
            component.set("propertiesSchema", schemaOf(component.path("properties")));
            return component;
        }
    }

    static List<ObjectNode> kamelets() throws IOException {
        List<ObjectNode> kamelets = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream yaml = KaotoEntries.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
                ObjectNode kamelet = (ObjectNode) YAML.readTree(yaml);
                kamelet.set(
                        "propertiesSchema", schemaOfKamelet(kamelet.path("spec").path("definition")));
                kamelets.add(kamelet);
            }
        }
        return kamelets;
    }

    /**
     * The schema of a component's form.
     *
     * @param options path and query options, as {@code properties} of Camel's catalog JSON
     */
    static ObjectNode schemaOf(JsonNode options) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", SCHEMA).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        options.properties().forEach(option -> properties.set(option.getKey(), property(option.getValue())));
        List<JsonNode> required = options.properties().stream()
                .filter(option -> option.getValue().path("required").asBoolean())
                .map(Map.Entry::getKey)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
        if (!required.isEmpty()) {
            schema.putArray("required").addAll(required);
        }
        return schema;
    }

    private static ObjectNode property(JsonNode option) {
        String type = option.path("type").asText();
        String javaType = option.path("javaType").asText();
        boolean bean = type.equals("object") && !javaType.startsWith("java.util.Map");
        ObjectNode property = JSON.createObjectNode()
                .put("title", option.path("displayName").asText())
                .put("description", option.path("description").asText())
                .put("type", bean || type.equals("enum") || type.equals("duration") ? "string" : type);
        if (option.has("enum")) {
            property.set("enum", option.get("enum"));
        }
        if (type.equals("array")) {
            property.putObject("items").put("type", "string");
        }
        property.put("$comment", "group:" + option.path("group").asText());
        List<String> format = new ArrayList<>();
        if (bean) {
            format.add("bean:" + javaType);
        }
        if (type.equals("duration")) {
            format.add("duration");
        }
        if (option.path("secret").asBoolean()) {
            format.add("password");
        }
        if (!format.isEmpty()) {
            property.put("format", String.join("|", format));
        }
        if (option.path("deprecated").asBoolean()) {
            property.put("deprecated", true);
        }
        if (option.has("defaultValue")) {
            JsonNode value = option.get("defaultValue");
            boolean literal = type.equals("boolean") || type.equals("integer");
            property.set("default", literal ? value : JSON.valueToTree(value.asText()));
        }
        return property;
    }

    private static ObjectNode schemaOfKamelet(JsonNode definition) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", SCHEMA).put("type", "object");
        for (String key : List.of("title", "description", "required")) {
            if (definition.has(key)) {
                schema.set(key, definition.get(key));
            }
        }
        ObjectNode properties = schema.putObject("properties");
        definition.path("properties").properties().forEach(property -> {
            ObjectNode copy = properties.putObject(property.getKey());
            OF_KAMELETS.stream()
                    .filter(property.getValue()::has)
                    .forEach(key -> copy.set(key, property.getValue().get(key)));
        });
        return schema;
    }
}
