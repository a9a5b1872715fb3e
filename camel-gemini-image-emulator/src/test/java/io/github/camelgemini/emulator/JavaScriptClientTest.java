package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's JavaScript client, unmodified, cannot tell: runs {@code src/test/js/calls.test.mjs} with node. */
class JavaScriptClientTest {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path WORK = Path.of("target/js");

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().apiKey("test-key"));

    private record Outcome(int status, String output) {}

    /** Not in {@code @BeforeAll}: what is skipped there is in no report of Surefire. */
    @BeforeEach
    void installClient() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version"), "node is not installed, so Google's JavaScript client cannot be asked");
        assumeTrue(runs("npm", "--version"), "npm is not installed, so Google's JavaScript client cannot be had");
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Outcome install = run(List.of("npm", "ci", "--ignore-scripts", "--no-progress"));
        assertThat(install.status()).as(install.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta"})
    void passesTheCallsOfTheJavaSuite(String version) throws IOException, InterruptedException {
        Outcome calls = run(List.of("node", "--test", "--test-reporter=tap", "calls.test.mjs"), version);

        assertThat(calls.status()).as(calls.output()).isZero();
        assertThat(calls.output()).contains("# pass 19").contains("# skipped 0");
    }

    @Test
    void programOfTheReadmeDraws() throws IOException, InterruptedException {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("```js") + 6;
        String program = readme.substring(from, readme.indexOf("```", from))
                .replace("http://localhost:8080", emulator.baseUrl())
                .replace("any-key", "test-key");
        Files.writeString(WORK.resolve("readme.mjs"), program);
        Files.deleteIfExists(WORK.resolve("t-rex.jpg"));

        Outcome run = run(List.of("node", "readme.mjs"));

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(WORK.resolve("t-rex.jpg")).isNotEmptyFile();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Files.createDirectories(WORK);
            return run(List.of(command)).status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        return run(command, "v1");
    }

    private static Outcome run(List<String> command, String version) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "js", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("EMULATOR_URL", emulator.baseUrl());
        builder.environment().put("API_VERSION", version);
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Outcome(ended ? process.exitValue() : -1, text);
    }
}
