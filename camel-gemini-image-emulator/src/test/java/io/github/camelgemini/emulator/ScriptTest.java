package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which requests a fault is for, and what the emulator remembers. */
class ScriptTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static int status(String text) throws IOException {
        return status(MODEL, text);
    }

    private static int status(String model, String text) throws IOException {
        return send(generate(emulator.baseUrl(), model, prompt(text))).statusCode();
    }

    @Test
    void nextIsForOneRequest() throws IOException {
        emulator.next(Fault.overloaded());

        assertThat(status("a")).isEqualTo(503);
        assertThat(status("a")).isEqualTo(200);
    }

    @Test
    void nextCalledTwiceIsAboutTwoRequests() throws IOException {
        emulator.next(Fault.overloaded());
        emulator.next(Fault.internal());

        assertThat(status("a")).isEqualTo(503);
        assertThat(status("a")).isEqualTo(500);
        assertThat(status("a")).isEqualTo(200);
    }

    @Test
    void timesCountsRequests() throws IOException {
        ScriptedFault fault = emulator.next(Fault.overloaded()).times(2);

        assertThat(status("a")).isEqualTo(503);
        assertThat(status("a")).isEqualTo(503);
        assertThat(status("a")).isEqualTo(200);
        assertThat(fault.served()).isEqualTo(2);
        assertThat(fault.left()).isZero();
    }

    @Test
    void aWordInThePromptChooses() throws IOException {
        emulator.on(RequestMatcher.prompt("Blue")).answer(Fault.overloaded());

        assertThat(status("make it blue")).isEqualTo(503);
        assertThat(status("make it red")).isEqualTo(200);
        assertThat(status("blue again")).isEqualTo(503);
    }

    @Test
    void modelAndOperationChoose() throws IOException {
        emulator.on(RequestMatcher.model("gemini-3-pro-image").and(RequestMatcher.operation("generateContent")))
                .answer(Fault.overloaded());

        assertThat(status("gemini-3-pro-image", "a")).isEqualTo(503);
        assertThat(status(MODEL, "a")).isEqualTo(200);
    }

    @Test
    void anyPredicateChooses() throws IOException {
        emulator.on(request -> request.apiKey().equals(java.util.Optional.of("test-key")))
                .answer(Fault.overloaded())
                .times(1);

        assertThat(status("a")).isEqualTo(503);
    }

    @Test
    void theFirstScriptedFaultIsTaken() throws IOException {
        emulator.on(RequestMatcher.any()).answer(Fault.overloaded());
        emulator.next(Fault.internal());

        assertThat(status("a")).isEqualTo(503);
    }

    @Test
    void clearForgetsFaultsAndRequests() throws IOException {
        emulator.on(RequestMatcher.any()).answer(Fault.overloaded());
        status("a");

        emulator.clear();

        assertThat(emulator.requests()).isEmpty();
        assertThat(status("a")).isEqualTo(200);
    }

    @Test
    void noFaultAtAllIsAMistake() {
        assertThatThrownBy(() -> emulator.next()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requestsAreRememberedAsTheyWereSent() throws IOException {
        send(Http.post(
                        emulator.baseUrl() + "/v1beta/models/" + MODEL + ":generateContent?key=k2&alt=json",
                        "{\"contents\":[{\"parts\":[{\"text\":\"one\"},{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\"aGVsbG8=\"}},{\"text\":\"two\"}]}]}")
                .header("X-Extra", "yes")
                .build());

        ReceivedRequest request = emulator.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1beta/models/" + MODEL + ":generateContent");
        assertThat(request.operation()).isEqualTo("generateContent");
        assertThat(request.model()).isEqualTo(MODEL);
        assertThat(request.queryParameter("alt")).contains("json");
        assertThat(request.header("x-EXTRA")).contains("yes");
        assertThat(request.apiKey()).contains("test-key");
        assertThat(request.bearerToken()).isEmpty();
        assertThat(request.prompt()).isEqualTo("one\ntwo");
        assertThat(request.body().at("/contents/0/parts/1/inline_data/data").asText())
                .isEqualTo("aGVsbG8=");
        assertThat(request.pictures())
                .containsExactly(new ReceivedPicture(
                        "image/png", 5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 0, 0));
    }

    @Test
    void bigPicturesAreRememberedByLengthAndHash() throws IOException {
        String data = java.util.Base64.getEncoder().encodeToString(new byte[600_000]);
        send(generate(
                emulator.baseUrl(),
                MODEL,
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + data
                        + "\"}}]}]}"));

        ReceivedRequest request = emulator.requests().get(0);
        assertThat(request.pictures().get(0).length()).isEqualTo(600_000);
        assertThat(request.body().at("/contents/0/parts/0/inlineData/data").asText())
                .startsWith("[600000 bytes, sha256 ");
    }

    @Nested
    class WithTheExtension {

        @Test
        void parametersAreResolvedAndNestedClassesShareTheEmulator(GeminiEmulator parameter) {
            assertThat(parameter).isSameAs(emulator.emulator());
        }

        @Test
        void everyTestStartsWithoutRequests() {
            assertThat(emulator.requests()).isEmpty();
        }
    }
}
