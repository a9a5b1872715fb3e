package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

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
