package io.github.camelgemini.image.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The catalog as JSON. It contains {@code services} that offer models, {@code tables} that several models share, and
 * {@code models} by id. An entry with {@code like} copies another entry, except its title, life cycle and names at
 * services, and overrides it with its own facts. The facts under {@code at} apply at one service only, and override the
 * model's own facts there.
 */
final class CatalogFile {

    private static final String SERVICES = "services";
    private static final String TABLES = "tables";
    private static final String MODELS = "models";
    private static final String LIKE = "like";
    private static final List<String> NOT_INHERITED = List.of("title", "lifeCycle");
    private static final List<String> OWN_NAMES = List.of(ModelSpecReader.NAME, ModelSpecReader.ALIASES);
    private static final List<String> FACES_OF_GOOGLE = List.of("developer", "vertex");

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
     * @throws IllegalArgumentException when it is not JSON of the form described above
     * @throws IOException when it can't be read
     */
    static CatalogFile read(Reader json) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!(root instanceof ObjectNode object)) {
                throw new IllegalArgumentException("model catalog must be a JSON object");
            }
            object.properties().forEach(field -> requireObject(field.getKey(), field.getValue()));
            object.path(SERVICES).properties().forEach(entry -> requireService(entry.getKey(), entry.getValue()));
            object.path(MODELS).properties().forEach(entry -> requireEntry(entry.getKey(), entry.getValue()));
            return new CatalogFile(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "model catalog is not valid JSON at line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage()),
                    e);
        }
    }

    /** The same catalog with the entries of a user's file. Entries with a known id are merged field by field. */
    CatalogFile with(CatalogFile user) {
        ObjectNode additions = user.root.deepCopy();
        additions.path(MODELS).forEach(entry -> {
            entry.path(ModelSpecReader.AT).forEach(CatalogFile::claimAll);
            claimAll(entry);
        });
        return new CatalogFile(merge(root.deepCopy(), additions));
    }

    /** All services, in the order of the file. A service with several APIs has several entries. */
    List<ServiceFace> faces() {
        List<ServiceFace> faces = new ArrayList<>();
        root.path(SERVICES).properties().forEach(entry -> {
            JsonFields fields = JsonFields.ofService(entry.getKey(), entry.getValue());
            String service = fields.text("service").orElse(entry.getKey());
            faces.add(new ServiceFace(
                    entry.getKey(),
                    service,
                    fields.text("title").orElse(service),
                    fields.flag("available").orElse(true)));
            fields.refuseOthers();
        });
        return faces;
    }

    /** All models by id, with their own facts, in the order of the file. */
    Map<String, ModelSpec> models() {
        ModelSpecReader reader = new ModelSpecReader(root.path(TABLES));
        Map<String, ModelSpec> models = new LinkedHashMap<>();
        root.path(MODELS).fieldNames().forEachRemaining(id -> models.put(id, reader.read(id, entry(id))));
        return models;
    }

    /** The models that a service offers, with the facts that apply there. */
    Map<String, ModelSpec> models(String face) {
        ModelSpecReader reader = new ModelSpecReader(root.path(TABLES));
        Map<String, ModelSpec> models = new LinkedHashMap<>();
        root.path(MODELS).fieldNames().forEachRemaining(id -> {
            ObjectNode entry = entry(id);
            JsonNode here = entry.path(ModelSpecReader.AT).path(face);
            entry.remove(ModelSpecReader.AT);
            if (!here.isBoolean()) {
                ObjectNode offered = here instanceof ObjectNode overlay ? merge(entry, withoutNotes(overlay)) : entry;
                models.put(id, reader.readAt(face, id, offered));
            }
        });
        return models;
    }

    /** The note about the model's own facts does not apply to facts of another source. */
    private static ObjectNode withoutNotes(ObjectNode overlay) {
        overlay.forEach(group -> {
            if (group instanceof ObjectNode facts && facts.has("source")) {
                facts.putIfAbsent("note", facts.nullNode());
            }
        });
        return overlay;
    }

    private ObjectNode entry(String id) {
        ObjectNode entry = entry(id, new LinkedHashSet<>());
        entry.path(ModelSpecReader.AT)
                .properties()
                .forEach(overlay -> requireOverlay(id, overlay.getKey(), overlay.getValue()));
        return entry;
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
                    + " that is not itself like this one, but is " + like);
        }
        ObjectNode inherited = entry(base, inheritors).without(NOT_INHERITED);
        inherited.path(ModelSpecReader.AT).forEach(overlay -> {
            if (overlay instanceof ObjectNode facts) {
                facts.remove(OWN_NAMES);
            }
        });
        return merge(inherited, entry);
    }

    private static void claimAll(JsonNode entry) {
        entry.properties().forEach(group -> {
            if (!group.getKey().equals(ModelSpecReader.AT)) {
                claim(group.getValue());
            }
        });
    }

    /** A group with a changed fact gets the source of the change. */
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
        if (!field.equals(SERVICES) && !field.equals(TABLES) && !field.equals(MODELS)) {
            throw new IllegalArgumentException(
                    "model catalog: field '" + field + "' is not known, expected one of models, services, tables");
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException("model catalog: field '" + field + "' must be an object");
        }
    }

    private static void requireService(String face, JsonNode entry) {
        if (!entry.isObject()) {
            throw new IllegalArgumentException("service '" + face + "' must be an object");
        }
    }

    private static void requireEntry(String id, JsonNode entry) {
        if (!entry.isObject()) {
            throw new IllegalArgumentException("model '" + id + "' must be an object");
        }
        if (!ModelId.bare(id).equals(id)) {
            throw new IllegalArgumentException("model '" + id + "' must be entered as " + ModelId.bare(id));
        }
        JsonNode at = entry.path(ModelSpecReader.AT);
        if (!at.isObject() && !at.isMissingNode()) {
            throw mistake(id, ModelSpecReader.AT, "must be an object");
        }
        requireNewForm(id, entry);
    }

    /** Until 1.0 these facts were not grouped by service. */
    private static void requireNewForm(String id, JsonNode entry) {
        for (String face : FACES_OF_GOOGLE) {
            requireMoved(id, entry, "/input/inline/" + face, "at." + face + ".input.inline");
            requireMoved(id, entry, "/output/formats/" + face, "at." + face + ".output.formats");
        }
        requireMoved(id, entry, "/output/vertexRatios", "at.vertex.output.ratios, the list of all ratios there");
    }

    private static void requireMoved(String id, JsonNode entry, String pointer, String now) {
        if (!entry.at(pointer).isMissingNode()) {
            throw mistake(id, pointer.substring(1).replace('/', '.'), "is no longer supported; use " + now);
        }
    }

    private void requireOverlay(String id, String face, JsonNode overlay) {
        if (!root.path(SERVICES).has(face)) {
            List<String> known = new ArrayList<>();
            root.path(SERVICES).fieldNames().forEachRemaining(known::add);
            throw mistake(
                    id,
                    ModelSpecReader.AT + "." + face,
                    "must be one of " + String.join(", ", known) + ", or be entered in 'services'");
        }
        boolean withdrawn = overlay.isBoolean() && !overlay.asBoolean();
        if (!overlay.isObject() && !withdrawn) {
            throw mistake(
                    id, ModelSpecReader.AT + "." + face, "must be an object, or false where the model is not offered");
        }
    }

    private static IllegalArgumentException mistake(String id, String field, String problem) {
        return new IllegalArgumentException("model '" + id + "': field '" + field + "' " + problem);
    }
}
