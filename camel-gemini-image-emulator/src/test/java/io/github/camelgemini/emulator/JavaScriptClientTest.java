package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's unmodified JavaScript client works with the emulator: runs {@code src/test/js/calls.test.mjs} with node. */
class JavaScriptClientTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().apiKey("test-key"));

    /** Not in {@code @BeforeAll}: what is skipped there is in no report of Surefire. */
    @BeforeEach
    void installClient() throws IOException, InterruptedException {
        NodeProgram.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta"})
    void passesTheCallsOfTheJavaSuite(String version) throws IOException, InterruptedException {
        NodeProgram.Outcome calls =
                NodeProgram.test("calls.test.mjs", Map.of("EMULATOR_URL", emulator.baseUrl(), "API_VERSION", version));

        assertThat(calls.status()).as(calls.output()).isZero();
        assertThat(calls.output()).contains("# pass 22").contains("# skipped 0");
    }

    @Test
    void programOfTheDocumentationDraws() throws IOException, InterruptedException {
        String program = Files.readString(Path.of("src/test/js/draw.mjs"))
                .replace("http://localhost:8080", emulator.baseUrl())
                .replace("any-key", "test-key");
        Files.writeString(NodeProgram.WORK.resolve("readme.mjs"), program);
        Files.deleteIfExists(NodeProgram.WORK.resolve("t-rex.jpg"));

        NodeProgram.Outcome run = NodeProgram.run(List.of("node", "readme.mjs"), Map.of());

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(NodeProgram.WORK.resolve("t-rex.jpg")).isNotEmptyFile();
    }
}
