package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EmulatorCommandTest {

    private record Outcome(int status, String out, String err) {}

    private static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new EmulatorCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Outcome(status, out.toString(), err.toString());
    }

    @Test
    void servesUntilItIsStopped() throws IOException {
        try (OwnJvm emulator = OwnJvm.start()) {
            assertThat(send(generate(emulator.baseUrl(), MODEL, prompt("x"))).statusCode())
                    .isEqualTo(200);
            assertThat(emulator.isAlive()).isTrue();
            assertThat(emulator.errors()).isEmpty();
        }
    }

    @Test
    void helpNamesItsOptions() {
        Outcome help = run("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains(
                        "--port",
                        "--host",
                        "--allowed-host",
                        "--api-key",
                        "--access-token",
                        "--small-pictures",
                        "--latency",
                        "--ended-model",
                        "--service-key",
                        "--usually",
                        "--aimlapi-balance");
    }

    @Test
    void aPortInUseIsExplained() {
        try (GeminiEmulator first = GeminiEmulator.builder().start()) {
            Outcome second = run("--port", String.valueOf(first.port()));

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains("could not listen on localhost:" + first.port());
        }
    }

    @Test
    void optionsReachTheEmulator() throws IOException {
        try (OwnJvm emulator =
                OwnJvm.startWith("--small-pictures", "--latency", "1ms", "--ended-model", "gemini-3-pro-image")) {
            assertThat(Http.pictureBytes(Http.json(send(generate(emulator.baseUrl(), MODEL, prompt("x"))))))
                    .hasSizeLessThan(200_000);
            assertThat(send(generate(emulator.baseUrl(), "gemini-3-pro-image", prompt("x")))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void namesOfContainersAreAllowed() throws IOException {
        try (OwnJvm emulator = OwnJvm.startWith("--allowed-host", "gemini")) {
            int port = URI.create(emulator.baseUrl()).getPort();
            String request = "GET /emulator HTTP/1.1\r\nHost: gemini:8080\r\nConnection: close\r\n\r\n";

            assertThat(RawCall.send(port, request, Duration.ofSeconds(30)).received())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--latency,     soon, A duration must be written as",
        "--latency,     -1s,  A duration must be written as",
        "--ended-model, nano, Unknown model 'nano'",
        "--ended-model, anyfast:nano, Unknown model 'nano' at anyfast",
        "--usually, gzip, A habit must be a service and a fault",
        "--usually, anyfast=slow, Unknown fault 'slow'",
        "--service-key, nobody=x, Unknown service 'nobody'",
        "--aimlapi-balance, -1, The balance must not be negative"
    })
    void aWrongValueIsExplained(String option, String value, String message) {
        Outcome outcome = run("--port", "0", option, value);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void aWrongOptionIsExplained() {
        assertThat(run("--prot", "1").status()).isEqualTo(2);
    }
}
