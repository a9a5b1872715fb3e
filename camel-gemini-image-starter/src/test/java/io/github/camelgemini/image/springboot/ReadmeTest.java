package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What the README of the starter says is true. */
class ReadmeTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private static final Path SOURCES = Path.of("src/test/java/io/github/camelgemini/image/springboot");

    @TempDir
    Path folder;

    @Test
    void applicationYamlMakesAPicture() throws Exception {
        Path yaml = Files.writeString(folder.resolve("application.yml"), block("yaml"));

        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(PosterApplication.class)
                .run(
                        "--spring.config.location=" + yaml.toUri(),
                        "--GEMINI_API_KEY=key-of-environment",
                        "--camel.component.gemini-image.base-url=" + EMULATOR.baseUrl())) {
            byte[] picture = PosterApplication.draw(application, "A T-Rex relaxing on a beach");

            BufferedImage pixels = ImageIO.read(new ByteArrayInputStream(picture));
            assertThat(pixels.getWidth() + "x" + pixels.getHeight()).isEqualTo("2752x1536");
            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.apiKey())
                    .contains("key-of-environment"));
        }
    }

    @Test
    void routeIsTheOneThatIsTested() throws Exception {
        assertThat(Files.readString(SOURCES.resolve("PosterRoute.java"))).endsWith(block("java"));
    }

    @Test
    void testIsOneThatRuns() throws Exception {
        assertThat(Files.readString(SOURCES.resolve("test/PosterTest.java")))
                .contains(blocks("java").get(1));
    }

    @Test
    void propertiesThatAreNamedExist() throws Exception {
        Set<String> known = new HashSet<>(Set.of("enabled", "emulator"));
        Catalog.componentOptions().keySet().forEach(option -> known.add(Catalog.kebab(option)));

        Set<String> named = Pattern.compile("camel\\.component\\.gemini-image\\.([a-z-]+)")
                .matcher(readme())
                .results()
                .map(result -> result.group(1))
                .collect(toSet());
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    /** The first block of code in a language. */
    private static String block(String language) throws Exception {
        return blocks(language).get(0);
    }

    private static List<String> blocks(String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String readme() throws Exception {
        return Files.readString(Path.of("README.md"));
    }
}
