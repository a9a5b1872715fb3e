package io.github.camelgemini.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The image models that the emulator serves, read from {@code models.json}. */
public final class ModelCatalog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ImageModel> models;

    private ModelCatalog(Map<String, ImageModel> models) {
        this.models = models;
    }

    /** Reads the catalog that comes with the emulator. */
    public static ModelCatalog load() {
        try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
            JsonNode root = JSON.readTree(in);
            Map<String, ImageModel> models = new LinkedHashMap<>();
            for (JsonNode model : root.required("models")) {
                JsonNode pixels = root.required("pixels")
                        .required(model.required("pixels").asText());
                models.put(model.required("id").asText(), read(model, pixels));
            }
            return new ModelCatalog(models);
        } catch (IOException e) {
            throw new UncheckedIOException("models.json of the emulator cannot be read", e);
        }
    }

    private static ImageModel read(JsonNode model, JsonNode pixels) {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        model.required("tokensPerPicture")
                .properties()
                .forEach(entry -> tokens.put(entry.getKey(), entry.getValue().asInt()));
        return new ImageModel(
                model.required("id").asText(),
                model.required("displayName").asText(),
                model.required("version").asText(),
                model.required("inputTokenLimit").asInt(),
                model.required("outputTokenLimit").asInt(),
                model.required("mimeType").asText(),
                texts(model.required("ratios")),
                tokens,
                texts(model.required("thinkingLevels")),
                model.required("thoughtSignatures").asBoolean(),
                model.required("grounding").asBoolean(),
                texts(model.required("inputs")),
                model.required("sampling").asBoolean(),
                pixels(pixels));
    }

    private static Map<String, Map<String, Pixels>> pixels(JsonNode table) {
        Map<String, Map<String, Pixels>> pixels = new LinkedHashMap<>();
        table.properties().forEach(ratio -> {
            Map<String, Pixels> sizes = new LinkedHashMap<>();
            ratio.getValue()
                    .properties()
                    .forEach(size -> sizes.put(
                            size.getKey(), Pixels.parse(size.getValue().asText())));
            pixels.put(ratio.getKey(), sizes);
        });
        return pixels;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** The model with this id, without {@code models/}; nothing when it is unknown or retired. */
    public Optional<ImageModel> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** All models, newest first. */
    public List<ImageModel> all() {
        return List.copyOf(models.values());
    }

    /** Every aspect ratio that any model accepts. */
    public Set<String> allRatios() {
        Set<String> ratios = new LinkedHashSet<>();
        models.values().forEach(model -> ratios.addAll(model.ratios()));
        return ratios;
    }
}
