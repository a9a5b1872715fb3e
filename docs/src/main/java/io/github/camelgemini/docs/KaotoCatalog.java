package io.github.camelgemini.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds the component and its Kamelets to a catalog that Kaoto reads. Kaoto takes one catalog and no additions to it, so this
 * changes a copy of Kaoto's own: the folder with {@code index.json} in the npm package {@code @kaoto/camel-catalog}.
 */
public final class KaotoCatalog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

    private KaotoCatalog() {}

    /**
     * Adds to each catalog of Camel Main and Spring Boot from Camel 4.18 on. Running it again replaces what it added.
     *
     * @param args the folder of the catalog
     * @throws IOException when a file cannot be read or written
     * @throws IllegalArgumentException when the folder has no such catalog
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        ObjectNode component = KaotoEntries.component();
        List<ObjectNode> kamelets = KaotoEntries.kamelets();
        List<String> changed = new ArrayList<>();
        for (JsonNode definition : read(folder.resolve("index.json")).path("definitions")) {
            if (isSupported(definition)) {
                Path index = folder.resolve(definition.path("fileName").asText());
                JsonNode catalogs = read(index).path("catalogs");
                add(file(index, catalogs, "components"), List.of(component));
                add(file(index, catalogs, "kamelets"), kamelets);
                changed.add(definition.path("name").asText());
            }
        }
        if (changed.isEmpty()) {
            throw new IllegalArgumentException(
                    "no catalog of Camel Main or Spring Boot, 4.18 or newer, in " + folder.resolve("index.json"));
        }
        System.out.printf(
                "Added gemini-image and %d Kamelets to: %s%nCatalog for Kaoto: %s%n",
                kamelets.size(), String.join(", ", changed), folder.resolve("index.json"));
    }

    private static boolean isSupported(JsonNode definition) {
        Matcher version = VERSION.matcher(definition.path("version").asText());
        return List.of("Main", "Spring Boot")
                        .contains(definition.path("runtime").asText())
                && version.matches()
                && Integer.parseInt(version.group(1)) == 4
                && Integer.parseInt(version.group(2)) >= 18;
    }

    private static Path file(Path index, JsonNode catalogs, String kind) {
        return index.resolveSibling(catalogs.path(kind).path("file").asText());
    }

    private static void add(Path file, List<ObjectNode> entries) throws IOException {
        ObjectNode aggregate = (ObjectNode) read(file);
        entries.forEach(entry -> aggregate.set(KaotoEntries.name(entry), entry));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), aggregate);
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
