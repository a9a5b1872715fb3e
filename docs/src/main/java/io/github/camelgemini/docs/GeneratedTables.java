package io.github.camelgemini.docs;

import io.github.camelgemini.image.model.ModelCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/**
 * Writes the tables of the reference pages from the component's catalog JSON and its model catalog. The build runs it
 * before it makes the site, so the tables always match the code.
 */
public final class GeneratedTables {

    static final String CATALOG_JSON = "/META-INF/io/github/camelgemini/image/gemini-image.json";

    private GeneratedTables() {}

    /**
     * Writes one file for each table.
     *
     * @param args the folder to write to, created if missing
     * @throws IOException when a file can't be written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        OptionTables options = new OptionTables(component());
        ModelTables models = new ModelTables(ModelCatalog.standard());
        Map<String, String> tables = new LinkedHashMap<>(Map.of(
                "options-endpoint.adoc", options.endpoint(),
                "options-component.adoc", options.component(),
                "headers-input.adoc", options.inputHeaders(),
                "headers-output.adoc", options.outputHeaders(),
                "models-overview.adoc", models.overview(),
                "models-prices.adoc", models.prices(),
                "models-limits.adoc", models.limits(),
                "models-capabilities.adoc", models.capabilities(),
                "models-pixels.adoc", models.pixels(),
                "models-sources.adoc", models.sources()));
        tables.put("models-services.adoc", models.services());
        tables.put("models-choice.adoc", models.choice());
        tables.put("json-fields.adoc", options.jsonFields());
        for (Map.Entry<String, String> table : tables.entrySet()) {
            Files.writeString(folder.resolve(table.getKey()), table.getValue());
        }
    }

    private static ComponentModel component() throws IOException {
        try (InputStream json = GeneratedTables.class.getResourceAsStream(CATALOG_JSON)) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
