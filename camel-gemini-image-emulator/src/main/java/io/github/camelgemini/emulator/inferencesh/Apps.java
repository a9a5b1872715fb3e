package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The available apps, with their inputs and prices. */
final class Apps {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BIRTH = "2026-02-26T00:00:00Z";

    private final ModelCatalog catalog = ModelCatalog.of("inferencesh");
    private final EndedModels ended;
    private final JsonNode file = read();

    Apps(EndedModels ended) {
        this.ended = ended;
    }

    /**
     * An app.
     *
     * @param name namespace and name
     * @param model that it uses
     * @param facts its entry of the file
     * @param search price of a search, in US dollars
     */
    record App(String name, ImageModel model, JsonNode facts, BigDecimal search) {

        JsonNode inputSchema() {
            return facts.required("input_schema");
        }

        BigDecimal price(String resolution, int pictures, boolean searches) {
            return facts.required("prices")
                    .required(resolution)
                    .decimalValue()
                    .multiply(BigDecimal.valueOf(pictures))
                    .add(searches ? search : BigDecimal.ZERO);
        }

        String id() {
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", "");
        }

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id())
                    .put("short_id", id().substring(0, 8))
                    .put("created_at", BIRTH)
                    .put("updated_at", BIRTH)
                    .put("user_id", "emulator")
                    .put("team_id", "emulator")
                    .put("visibility", "public")
                    .put("namespace", name.substring(0, name.indexOf('/')))
                    .put("name", name.substring(name.indexOf('/') + 1))
                    .put("title", facts.required("title").asText())
                    .put("description", facts.required("description").asText())
                    .put("category", "image")
                    .put("version_id", id() + "v1")
                    .put("status", "active");
            ObjectNode version = json.putObject("version")
                    .put("id", id() + "v1")
                    .put("short_id", "v1")
                    .put("created_at", BIRTH)
                    .put("updated_at", BIRTH);
            version.set("input_schema", inputSchema());
            ObjectNode output = version.putObject("output_schema").put("type", "object");
            ObjectNode properties = output.putObject("properties");
            properties
                    .putObject("images")
                    .put("type", "array")
                    .putObject("items")
                    .put("type", "string")
                    .put("format", "file");
            properties.putObject("description").put("type", "string");
            properties.putObject("output_meta").put("type", "object");
            return json;
        }
    }

    /** The app with this name or id, with or without a version; empty when there is none, or it is shut down. */
    Optional<App> find(String reference) {
        String name = reference.replaceFirst("@.*", "");
        return all().stream()
                .filter(app -> app.name().equals(name) || app.id().equals(name))
                .findFirst();
    }

    /** Counts a call; false when the app was shut down meanwhile. */
    boolean call(App app) {
        return ended.call(app.name());
    }

    List<App> all() {
        List<App> all = new ArrayList<>();
        for (JsonNode app : file.required("apps")) {
            for (JsonNode name : app.required("names")) {
                if (!ended.hasEnded(name.asText())) {
                    all.add(new App(
                            name.asText(),
                            catalog.find(name.asText()).orElseThrow(),
                            app,
                            file.required("search").decimalValue()));
                }
            }
        }
        return all;
    }

    private static JsonNode read() {
        try (InputStream in = Apps.class.getResourceAsStream("apps.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("apps.json of the emulator cannot be read", e);
        }
    }
}
