package io.github.camelgemini.image.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.GeminiImageComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The options of the component as its catalog file has them. */
final class Catalog {

    private Catalog() {}

    /**
     * @param defaultValue empty when there is none
     * @param values empty when any will do
     */
    record Option(
            String type, String javaType, String description, Optional<String> defaultValue, List<String> values) {

        String simpleJavaType() {
            return javaType.substring(javaType.lastIndexOf('.') + 1);
        }

        /** An option such as labels.team=web. */
        boolean isMap() {
            return javaType.startsWith("java.util.Map<");
        }

        /** A number of bytes. */
        boolean isSize() {
            return type.equals("integer") && javaType.toLowerCase(Locale.ROOT).endsWith("long");
        }

        String lastValue() {
            return values.get(values.size() - 1);
        }

        /** The constant of the enum that it is in Java. */
        Object lastConstant() {
            return Stream.of(javaClass().getEnumConstants())
                    .filter(constant -> constant.toString().equals(lastValue()))
                    .findFirst()
                    .orElseThrow();
        }

        Class<?> javaClass() {
            try {
                return Class.forName(javaType);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** By name. */
    static Map<String, Option> componentOptions() {
        try (InputStream json = GeminiImageComponent.class.getResourceAsStream(
                "/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            Map<String, Option> options = new TreeMap<>();
            new ObjectMapper()
                    .readTree(json)
                    .get("componentProperties")
                    .properties()
                    .forEach(entry -> options.put(entry.getKey(), option(entry.getValue())));
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option option(JsonNode json) {
        List<String> values = new ArrayList<>();
        json.path("enum").forEach(value -> values.add(value.asText()));
        return new Option(
                json.get("type").asText(),
                json.get("javaType").asText(),
                json.get("description").asText(),
                Optional.ofNullable(json.get("defaultValue")).map(JsonNode::asText),
                values);
    }

    /** {@code topK} becomes {@code top-k}. */
    static String kebab(String option) {
        return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
