package io.github.camelgemini.examples.imagefactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code mvn -Pkafka-image-factory} does, without and with many workers. */
@Timeout(300)
class CommandsTest {

    private static final Path TARGET = Path.of("target", "commands-test");

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);

    @Test
    void shippedJobsBecomePicturesAndDeadLetters() throws Exception {
        new Demonstration(TARGET, out).run(Map.of());

        assertThat(printed())
                .containsPattern(
                        "(?m)^  poster-lighthouse +848x1264 .* tokens  \\$0\\.03\\d  s3://pictures/poster-lighthouse.jpg$")
                .containsPattern("(?m)^  product-4713 +2048x2048 .* s3://pictures/product-4713.jpg$")
                .containsPattern("(?m)^  forbidden +DEAD LETTER  .*PROHIBITED_CONTENT$")
                .containsPattern("(?m)^  broken-json +DEAD LETTER  The record's value is not a JSON object: .*$")
                .containsPattern("(?m)^  wrong-ratio +DEAD LETTER  aspectRatio '7:5' must be one of .*$")
                .contains("8 pictures in the bucket, 3 dead letters.", "The emulator cost nothing.");
        assertThat(pictures()).hasSize(8).allSatisfy(picture -> assertThat(ImageIO.read(picture.toFile()))
                .isNotNull());
    }

    @Test
    void killedWorkerLosesAndDoublesNothing() throws Exception {
        boolean well = new Trial(TARGET, out).run(2, 30);

        assertThat(well).as(printed()).isTrue();
        assertThat(printed())
                .contains("worker-2 is killed (SIGKILL)")
                .containsPattern("(?m)^throughput +\\d+ pictures a minute")
                .containsPattern("(?m)^lost +0 of 30 prompts have no picture$")
                .containsPattern("(?m)^doubled +0 pictures were stored more than once$");
    }

    @Test
    void fewPromptsAreCountedAsTheyAre() throws Exception {
        boolean well = new Trial(TARGET, out).run(1, 1);

        assertThat(well).as(printed()).isTrue();
        assertThat(printed())
                .containsPattern(
                        "(?m)^throughput +\\d+ pictures a minute, of the first 1 of 1; possible with 4 at a time, 2 s each: 120$")
                .contains("paid twice    0: 1 calls for 1 prompts");
    }

    @Test
    void withoutANetworkNothingIsStarted() {
        assertThatThrownBy(() -> runAt("http://localhost:1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The API cannot draw: Gemini Developer API cannot be reached: ");
        assertThat(printed()).isEmpty();
    }

    @Test
    void withARefusedKeyNothingIsStarted() {
        try (GeminiEmulator emulator = GeminiEmulator.builder().apiKey("right").start()) {
            assertThatThrownBy(() -> runAt(emulator.baseUrl()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The API cannot draw: ")
                    .hasMessageContaining("API key not valid");
        }
        assertThat(printed()).isEmpty();
    }

    /** With a key in the environment, which that service refuses. */
    private void runAt(String baseUrl) throws Exception {
        Map<String, String> properties = Map.of(
                "camel.component.gemini-image.base-url", baseUrl, "camel.component.gemini-image.api-key", "wrong");
        properties.forEach(System::setProperty);
        try {
            new Demonstration(TARGET, out).run(Map.of("GEMINI_API_KEY", "wrong"));
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("pictures"))) {
            return files.toList();
        }
    }
}
