package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.post;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pictures that take their time, as in life. */
class LatencyTest {

    private static final Duration LATENCY = Duration.ofMillis(300);

    @Test
    void pictureTakesAtLeastSoLong() throws IOException {
        try (GeminiEmulator emulator = GeminiEmulator.builder().latency(LATENCY).start()) {
            long start = System.nanoTime();

            assertThat(send(generate(emulator.baseUrl(), MODEL, prompt("a cat")))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LATENCY);
        }
    }

    /** None of these would come before the client gives up. */
    @Test
    void errorsAndWhatIsNoPictureComeAtOnce() throws IOException {
        try (GeminiEmulator emulator =
                GeminiEmulator.builder().latency(Duration.ofDays(1)).start()) {
            emulator.next(Fault.overloaded());

            assertThat(send(generate(emulator.baseUrl(), MODEL, prompt("a cat")))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(send(generate(emulator.baseUrl(), MODEL, "{}")).statusCode())
                    .isEqualTo(400);
            String count = emulator.baseUrl() + "/v1/models/" + MODEL + ":countTokens";
            assertThat(send(post(count, prompt("a cat")).build()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void negativeLatencyIsAMistake() {
        assertThatThrownBy(() -> GeminiEmulator.builder().latency(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
