package io.github.camelgemini.image.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of a JSON object in the catalog. Every mistake becomes an {@link IllegalArgumentException} that
 * names entry and field. A field that was never read is a mistake too; {@link #refuseOthers()} finds it.
 */
final class JsonFields {
    private final String entry;
    private final String path;
    private final JsonNode node;
    private final JsonNode tables;
    private final Set<String> asked = new HashSet<>();
    private final List<JsonFields> children = new ArrayList<>();

    /**
     * @param id of the entry
     * @param path of the object in the entry, with a dot at its end, or empty
     * @param node its fields
     * @param tables lists and objects that a field may refer to by name, instead of repeating them
     */
    static JsonFields ofModel(String id, String path, JsonNode node, JsonNode tables) {
        return new JsonFields("model '" + id + "'", path, node, tables);
    }

    static JsonFields ofService(String face, JsonNode node) {
        return new JsonFields("service '" + face + "'", "", node, JsonNodeFactory.instance.missingNode());
    }

    private JsonFields(String entry, String path, JsonNode node, JsonNode tables) {
        this.entry = entry;
        this.path = path;
        this.node = node;
        this.tables = tables;
    }

    boolean isEmpty() {
        return node.isEmpty();
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** Accepts fields that are valid here, but not used. */
    void passOver(String... fields) {
        asked.addAll(List.of(fields));
    }

    Optional<String> text(String field) {
        return read(field, JsonFields::asText);
    }

    <T> Optional<T> text(String field, Function<String, T> parse) {
        return read(field, value -> parse.apply(asText(value)));
    }

    Optional<LocalDate> date(String field) {
        return text(field, JsonFields::asDate);
    }

    Optional<Integer> count(String field) {
        return read(field, JsonFields::asCount);
    }

    Optional<Long> bytes(String field) {
        return read(field, JsonFields::asLong);
    }

    Optional<BigDecimal> decimal(String field) {
        return read(field, JsonFields::asDecimal);
    }

    Optional<Boolean> flag(String field) {
        return read(field, JsonFields::asFlag);
    }

    /** The value of a field that must be present. */
    <T> T required(String field, Optional<T> value) {
        return value.orElseThrow(() -> mistake(field, "must be given"));
    }

    /** A list of texts, or the name of a list in the tables. */
    <T> List<T> list(String field, Function<String, T> parse) {
        JsonNode array = resolve(field);
        if (!array.isArray() && !array.isMissingNode()) {
            throw mistake(field, "must be a list or the name of a table");
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            values.add(convert(field + "[" + i + "]", array.get(i), value -> parse.apply(asText(value))));
        }
        return values;
    }

    /** An object, or the name of one in the tables; an object without fields if it is absent. */
    JsonFields object(String field) {
        JsonNode object = resolve(field);
        if (!object.isObject() && !object.isMissingNode()) {
            throw mistake(field, "must be an object or the name of a table");
        }
        JsonFields child = new JsonFields(
                entry,
                path + field + ".",
                object.isMissingNode() ? JsonNodeFactory.instance.objectNode() : object,
                tables);
        children.add(child);
        return child;
    }

    /** An object whose field names are values too. */
    <K, V> Map<K, V> map(String field, Function<String, K> key, ValueReader<V> value) {
        JsonFields object = object(field);
        Map<K, V> map = new LinkedHashMap<>();
        object.node.fieldNames().forEachRemaining(name -> {
            K parsed = object.convert(name, TextNode.valueOf(name), text -> key.apply(asText(text)));
            map.put(parsed, value.read(object, name));
        });
        return map;
    }

    /** Reads one field of an object. */
    @FunctionalInterface
    interface ValueReader<V> {
        V read(JsonFields fields, String field);
    }

    /**
     * @throws IllegalArgumentException when this object or one in it has a field that was never read
     */
    void refuseOthers() {
        node.fieldNames().forEachRemaining(field -> {
            if (!asked.contains(field)) {
                throw mistake(
                        field,
                        "is not known, expected one of "
                                + String.join(", ", asked.stream().sorted().toList()));
            }
        });
        children.forEach(JsonFields::refuseOthers);
    }

    IllegalArgumentException mistake(String field, String problem) {
        return new IllegalArgumentException(entry + ": field '" + path + field + "' " + problem);
    }

    private <T> Optional<T> read(String field, Function<JsonNode, T> conversion) {
        asked.add(field);
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(convert(field, value, conversion));
    }

    private JsonNode resolve(String field) {
        asked.add(field);
        JsonNode value = node.path(field);
        if (value.isTextual()) {
            JsonNode named = tables.path(field).path(value.asText());
            if (named.isMissingNode()) {
                throw mistake(
                        field, "names the table '" + value.asText() + "', which 'tables." + field + "' doesn't have");
            }
            return named;
        }
        return value.isNull() ? JsonNodeFactory.instance.missingNode() : value;
    }

    private <T> T convert(String field, JsonNode value, Function<JsonNode, T> conversion) {
        try {
            return conversion.apply(value);
        } catch (IllegalArgumentException e) {
            throw mistake(field, e.getMessage() + ", but is " + value);
        }
    }

    private static String asText(JsonNode value) {
        return require(value.isTextual(), "must be a text", value).asText();
    }

    private static LocalDate asDate(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a date such as 2026-10-06", e);
        }
    }

    private static int asCount(JsonNode value) {
        return require(
                        value.canConvertToInt() && value.isIntegralNumber() && value.asInt() >= 0,
                        "must be a whole number from 0",
                        value)
                .asInt();
    }

    private static long asLong(JsonNode value) {
        return require(
                        value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0,
                        "must be a whole number from 0",
                        value)
                .asLong();
    }

    private static BigDecimal asDecimal(JsonNode value) {
        return require(value.isNumber() && value.decimalValue().signum() >= 0, "must be a number from 0", value)
                .decimalValue();
    }

    private static boolean asFlag(JsonNode value) {
        return require(value.isBoolean(), "must be true or false", value).asBoolean();
    }

    private static JsonNode require(boolean condition, String problem, JsonNode value) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
        return value;
    }
}
