package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Unmodified clients work with the other services too: OpenAI's for AI/ML API, Google's for AnyFast, and inference.sh's
 * own.
 */
class OtherServicesJavaScriptTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(GeminiEmulator.builder()
            .apiKey(EmulatedService.ANYFAST, "fast-key")
            .apiKey(EmulatedService.AIMLAPI, "aiml-key")
            .apiKey(EmulatedService.INFERENCESH, "inf_key")
            .queueTime(Duration.ofMillis(300)));

    /** Not in {@code @BeforeAll}: what is skipped there is in no report of Surefire. */
    @BeforeEach
    void installClients() throws IOException, InterruptedException {
        NodeProgram.install();
    }

    @ParameterizedTest
    @CsvSource({"aimlapi.test.mjs, 14", "anyfast.test.mjs, 9", "inferencesh.test.mjs, 20"})
    void passesTheCallsOfTheClient(String file, int calls) throws IOException, InterruptedException {
        NodeProgram.Outcome outcome = NodeProgram.test(file, Map.of("EMULATOR_URL", emulator.baseUrl()));

        assertThat(outcome.status()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("# pass " + calls + "\n").contains("# skipped 0");
    }
}
