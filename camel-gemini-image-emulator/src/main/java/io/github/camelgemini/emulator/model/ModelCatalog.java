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

/** The image models of the emulator, from {@code models.json}. */
public final class ModelCatalog {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The key of Google's models, on which those of other services are based. */
    private static final String MODELS = "models";

    private final Map<String, ImageModel> models;

    private ModelCatalog(Map<String, ImageModel> models) {
        this.models = models;
    }

    /** Reads the models of Google. */
    public static ModelCatalog load() {
        JsonNode root = file();
        Map<String, ImageModel> models = new LinkedHashMap<>();
        for (JsonNode model : root.required(MODELS)) {
            JsonNode pixels =
                    root.required("pixels").required(model.required("pixels").asText());
            models.put(model.required("id").asText(), read(model, pixels));
        }
        return new ModelCatalog(models);
    }

    /**
     * Reads the models of another service, with its names and limits.
     *
     * @param service {@code google}, or a key in {@code services} of {@code models.json}
     */
    public static ModelCatalog of(String service) {
        ModelCatalog google = load();
        if (service.equals("google")) {
            return google;
        }
        Map<String, ImageModel> models = new LinkedHashMap<>();
        for (JsonNode offer : file().required("services").required(service).required(MODELS)) {
            ImageModel model = google.find(offer.required("model").asText()).orElseThrow();
            texts(offer.required("names")).forEach(name -> models.put(name, offered(name, model, offer)));
        }
        return new ModelCatalog(models);
    }

    private static JsonNode file() {
        try (InputStream in = ModelCatalog.class.getResourceAsStream("models.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("models.json of the emulator cannot be read", e);
        }
    }

    private static ImageModel offered(String name, ImageModel model, JsonNode offer) {
        Map<String, Integer> tokens = new LinkedHashMap<>();
        texts(offer.required("sizes"))
                .forEach(size -> tokens.put(
                        size,
                        model.tokensPerPicture()
                                .getOrDefault(size, model.tokensPerPicture().get(ImageModel.DEFAULT_SIZE))));
        return new ImageModel(
                name,
                model.displayName(),
                model.version(),
                model.inputTokenLimit(),
                model.outputTokenLimit(),
                offer.required("mimeType").asText(),
                texts(offer.required("ratios")),
                tokens,
                model.thinkingLevels(),
                model.thoughtSignatures(),
                model.grounding(),
                texts(offer.required("inputs")),
                model.sampling(),
                offer.required("followsReference").asBoolean(),
                offer.required("defaultRatio").asText(),
                model.pixels());
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
                true,
                "1:1",
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

    /** The model with this id, without {@code models/}; empty when it is unknown or shut down. */
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
