package io.github.camelgemini.image.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The catalog as JSON: {@code tables} that several models share, by field and name, and {@code models} by id. An entry
 * may be {@code like} another one: then it has all that one's facts but title and life cycle, and its own before them.
 */
final class CatalogFile {

    private static final String TABLES = "tables";
    private static final String MODELS = "models";
    private static final String LIKE = "like";
    private static final List<String> NOT_INHERITED = List.of("title", "lifeCycle");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode root;

    private CatalogFile(ObjectNode root) {
        this.root = root;
    }

    /**
     * @throws IllegalArgumentException when it is not JSON of the outer form described above
     * @throws IOException when it can't be read
     */
    static CatalogFile read(Reader json) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!(root instanceof ObjectNode object)) {
                throw new IllegalArgumentException("model catalog must be a JSON object");
            }
            object.properties().forEach(field -> requireObject(field.getKey(), field.getValue()));
            object.path(MODELS).properties().forEach(entry -> requireEntry(entry.getKey(), entry.getValue()));
            return new CatalogFile(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "model catalog is not JSON at line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage()),
                    e);
        }
    }

    /** The same with the entries of a user's file added, field by field where the id is known. */
    CatalogFile with(CatalogFile user) {
        ObjectNode additions = user.root.deepCopy();
        additions.path(MODELS).forEach(entry -> entry.forEach(CatalogFile::claim));
        return new CatalogFile(merge(root.deepCopy(), additions));
    }

    /** Every model by its id, in the order of the file. */
    Map<String, ModelSpec> models() {
        ModelSpecReader reader = new ModelSpecReader(root.path(TABLES));
        Map<String, ModelSpec> models = new LinkedHashMap<>();
        root.path(MODELS)
                .fieldNames()
                .forEachRemaining(id -> models.put(id, reader.read(id, entry(id, new LinkedHashSet<>()))));
        return models;
    }

    private ObjectNode entry(String id, Set<String> inheritors) {
        ObjectNode entry = ((ObjectNode) root.path(MODELS).get(id)).deepCopy();
        JsonNode like = entry.remove(LIKE);
        if (like == null) {
            return entry;
        }
        inheritors.add(id);
        String base = like.asText();
        if (!root.path(MODELS).has(base) || inheritors.contains(base)) {
            throw new IllegalArgumentException("model '" + id + "': field 'like' must name another model of the catalog"
                    + " that is not like this one, but is " + like);
        }
        return merge(entry(base, inheritors).without(NOT_INHERITED), entry);
    }

    /** A changed fact no longer comes from where its group came from. */
    private static void claim(JsonNode group) {
        if (group instanceof ObjectNode fields) {
            fields.putIfAbsent("source", fields.textNode(Provenance.USER));
            fields.putIfAbsent("asOf", fields.nullNode());
            fields.putIfAbsent("note", fields.nullNode());
        }
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode additions) {
        additions.properties().forEach(field -> {
            JsonNode known = base.get(field.getKey());
            if (known instanceof ObjectNode object && field.getValue() instanceof ObjectNode added) {
                merge(object, added);
            } else {
                base.set(field.getKey(), field.getValue());
            }
        });
        return base;
    }

    private static void requireObject(String field, JsonNode value) {
        if (!field.equals(TABLES) && !field.equals(MODELS)) {
            throw new IllegalArgumentException(
                    "model catalog: field '" + field + "' is not known, expected one of tables, models");
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException("model catalog: field '" + field + "' must be an object");
        }
    }

    private static void requireEntry(String id, JsonNode entry) {
        if (!entry.isObject()) {
            throw new IllegalArgumentException("model '" + id + "' must be an object");
        }
        if (!ModelId.bare(id).equals(id)) {
            throw new IllegalArgumentException("model '" + id + "' must be entered as " + ModelId.bare(id));
        }
    }
}
