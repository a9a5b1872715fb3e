package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog as Kaoto's npm package has it, with one component and one Kamelet of others. */
class KaotoCatalogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void catalogOfKaoto() throws IOException {
        Files.writeString(
                folder.resolve("index.json"),
                """
                {"version": 3, "name": "Default Kaoto catalog", "definitions": [%s, %s, %s, %s]}"""
                        .formatted(
                                definition("Main", "4.22.1"),
                                definition("Spring Boot", "4.18.4"),
                                definition("Main", "4.14.9"),
                                definition("Quarkus", "3.33.2")));
    }

    @Test
    void componentHasTheFormOfItsOptions() throws IOException {
        KaotoCatalog.main(new String[] {folder.toString()});

        JsonNode components = read("Main/4.22.1/components.json");
        assertThat(components.path("log").path("component").path("name").asText())
                .isEqualTo("log");
        JsonNode component = components.path("gemini-image");
        assertThat(component.at("/component/artifactId").asText()).isEqualTo("camel-gemini-image-component");
        JsonNode schema = component.path("propertiesSchema");
        assertThat(schema.at("/required/0").asText()).isEqualTo("operation");
        JsonNode options = schema.path("properties");
        assertThat(options.size()).isEqualTo(component.path("properties").size());
        assertThat(options.at("/operation/type").asText()).isEqualTo("string");
        assertThat(options.at("/operation/enum").toString()).contains("\"generate\"", "\"batchResults\"");
        assertThat(options.at("/apiKey/format").asText()).isEqualTo("password");
        assertThat(options.at("/requestTimeout/format").asText()).isEqualTo("duration");
        assertThat(options.at("/client/format").asText()).isEqualTo("bean:com.google.genai.Client");
        assertThat(options.at("/labels/type").asText()).isEqualTo("object");
        assertThat(options.at("/maxRetries/default").isInt()).isTrue();
    }

    @Test
    void kameletsHaveTheFormsOfTheirProperties() throws IOException {
        KaotoCatalog.main(new String[] {folder.toString()});

        JsonNode kamelets = read("Spring Boot/4.18.4/kamelets.json");
        assertThat(kamelets.has("timer-source")).isTrue();
        JsonNode schema = kamelets.at("/gemini-image-edit-action/propertiesSchema");
        assertThat(schema.path("title").asText()).isNotEmpty();
        assertThat(schema.at("/properties/aspectRatio/enum").toString()).contains("\"16:9\"");
    }

    @Test
    void everyKameletIsThere() throws IOException {
        Path kamelets = Path.of("../camel-gemini-image-component/src/main/resources/kamelets");
        try (Stream<Path> files = Files.list(kamelets)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".kamelet.yaml", ""))
                    .toList();
            assertThat(KaotoEntries.kamelets().stream().map(KaotoEntries::name))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void olderAndOtherCatalogsStayAsTheyAre() throws IOException {
        KaotoCatalog.main(new String[] {folder.toString()});

        assertThat(read("Main/4.14.9/components.json").has("gemini-image")).isFalse();
        assertThat(read("Quarkus/3.33.2/kamelets.json").has("gemini-image-action"))
                .isFalse();
    }

    @Test
    void runningItAgainChangesNothing() throws IOException {
        KaotoCatalog.main(new String[] {folder.toString()});
        byte[] once = Files.readAllBytes(folder.resolve("Main/4.22.1/components.json"));

        KaotoCatalog.main(new String[] {folder.toString()});

        assertThat(folder.resolve("Main/4.22.1/components.json")).hasBinaryContent(once);
    }

    @Test
    void catalogWithoutASupportedCamelIsRefused() throws IOException {
        Files.writeString(folder.resolve("index.json"), "{\"definitions\": [" + definition("Main", "4.10.7") + "]}");

        assertThatThrownBy(() -> KaotoCatalog.main(new String[] {folder.toString()}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4.18 or newer");
    }

    private String definition(String runtime, String version) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve(runtime).resolve(version));
        Files.writeString(catalog.resolve("components.json"), "{\"log\": {\"component\": {\"name\": \"log\"}}}");
        Files.writeString(catalog.resolve("kamelets.json"), "{\"timer-source\": {}}");
        Files.writeString(
                catalog.resolve("index.json"),
                "{\"catalogs\": {\"components\": {\"file\": \"components.json\"},"
                        + " \"kamelets\": {\"file\": \"kamelets.json\"}}}");
        return """
                {"name": "Camel %1$s %2$s", "version": "%2$s", "runtime": "%1$s", "fileName": "%1$s/%2$s/index.json"}"""
                .formatted(runtime, version);
    }

    private JsonNode read(String file) throws IOException {
        return JSON.readTree(folder.resolve(file).toFile());
    }
}
