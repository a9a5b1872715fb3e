package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises first: a prompt goes in, a picture lies in a folder. */
class GenerateRouteTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    @Test
    void yamlRouteWritesPictureOfTheRightSizeUnderTheRightName() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "test-key");
        main.addInitialProperty("folder", folder.toString());
        main.configure().withRoutesIncludePattern("classpath:routes/timer-to-file.camel.yaml");
        main.start();
        try {
            Awaitility.await()
                    .until(() -> pictures().size() == 1 && Files.size(pictures().get(0)) > 0);
        } finally {
            main.stop();
        }
        Path picture = pictures().get(0);
        assertThat(picture.getFileName().toString()).endsWith(".jpg");
        assertThat(Pictures.describe(picture)).isEqualTo("image/jpeg 2752x1536");
    }

    /** Camel reads YAML 1.2, where 16:9 is a text and OFF no flag. */
    @Test
    void ratioAndThresholdOfAYamlRouteNeedNoQuotes() throws Exception {
        Path route = Files.writeString(
                folder.resolve("unquoted.camel.yaml"),
                """
                - route:
                    from:
                      uri: direct:start
                      steps:
                        - to:
                            uri: gemini-image:generate
                            parameters:
                              aspectRatio: 16:9
                              safetyThreshold: OFF
                """);
        Main main = new Main();
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "test-key");
        main.configure().withRoutesIncludePattern(route.toUri().toString());
        main.start();
        try {
            main.getCamelContext().createProducerTemplate().requestBody("direct:start", "a cat");
        } finally {
            main.stop();
        }

        JsonNode sent = EMULATOR.requests().get(EMULATOR.requests().size() - 1).body();
        assertThat(sent.at("/generationConfig/imageConfig/aspectRatio").asText())
                .isEqualTo("16:9");
        assertThat(sent.at("/safetySettings/0/threshold").asText()).isEqualTo("OFF");
    }

    @Test
    void modelsOfAFileAreAddedToTheCatalog() throws Exception {
        Path file = Files.writeString(
                folder.resolve("models.json"), "{\"models\":{\"our-model\":{\"like\":\"gemini-3-pro-image\"}}}");
        Main main = new Main();
        main.addInitialProperty("camel.component.gemini-image.modelCatalogFile", "file:" + file);
        main.start();
        try {
            GeminiImageComponent component =
                    main.getCamelContext().getComponent("gemini-image", GeminiImageComponent.class);

            assertThat(component.getModelCatalog().find("our-model")).isPresent();
            assertThat(component.getModelCatalog().find("gemini-3-pro-image")).isPresent();
        } finally {
            main.stop();
        }
    }

    private List<Path> pictures() throws Exception {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
