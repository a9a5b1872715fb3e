package io.github.camelgemini.examples.emaileditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code mvn -Pemail-editor} does. */
@Timeout(300)
class DemonstrationTest {

    private static final Path TARGET = Path.of("target", "demonstration-test");

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);

    @Test
    void everyMailIsAnsweredWithAPictureOrASentence() throws Exception {
        new Demonstration(TARGET, Optional.empty(), out).run(Map.of());

        assertThat(console.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^  01-photograph +garden-edited.jpg  1264x848  \\d+ kB$")
                .containsPattern("(?m)^  02-two-photographs +Hügel im März-edited.jpg  ")
                .containsPattern("(?m)^  03-html-only +IMG_0042-edited.jpg  ")
                .containsPattern("(?m)^  04-photograph-and-pdf +roof-edited.jpg  ")
                .containsPattern("(?m)^  05-no-picture +\"There is no picture in your mail. Please attach")
                .containsPattern("(?m)^  06-pdf-only +\"I can only edit pictures, but you attached: plan.pdf. Please")
                .containsPattern(
                        "(?m)^  07-fifteen-pictures +\"There are 15 pictures .* I can edit at most 14 at once. Please")
                .containsPattern("(?m)^  08-no-instruction +\"I have your picture, but not what to change\\. Please")
                .containsPattern("(?m)^  09-blocked +\"I cannot make this picture\\. .* Please")
                .containsPattern("(?m)^  10-out-of-office +not answered: a program sent it$");
        try (Stream<Path> files = Files.list(TARGET.resolve("answers"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jpg")))
                    .hasSize(4)
                    .allSatisfy(picture ->
                            assertThat(ImageIO.read(picture.toFile())).isNotNull());
        }
    }

    @Test
    void withoutANetworkItEndsEarlyAndSaysWhy() {
        assertThatThrownBy(() -> runAt("http://localhost:1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Stopped early")
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void refusedKeyEndsItEarlyAndIsSaid() {
        try (GeminiEmulator emulator = GeminiEmulator.builder().apiKey("right").start()) {
            assertThatThrownBy(() -> runAt(emulator.baseUrl()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Stopped early")
                    .hasMessageContaining("API key not valid");
            assertThat(emulator.requests()).hasSizeLessThan(5);
        }
    }

    /** With a key in the environment, which that service refuses. */
    private void runAt(String baseUrl) throws Exception {
        Map<String, String> properties = Map.of(
                "camel.component.gemini-image.base-url", baseUrl, "camel.component.gemini-image.api-key", "wrong");
        properties.forEach(System::setProperty);
        try {
            new Demonstration(TARGET, Optional.empty(), out).run(Map.of("GEMINI_API_KEY", "wrong"));
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void folderWithoutMailsIsNamed() {
        assertThatThrownBy(() -> new Demonstration(TARGET, Optional.of(Path.of("no-such-folder")), out).run(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-folder");
    }
}
