package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.post;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.request;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are not there any more. */
class EndedModelsTest {

    private static final String GONE = "models/" + MODEL + " is not found for API version %s, or is not supported for"
            + " generateContent. Call ModelService.ListModels to see the list of available models and their supported"
            + " methods.";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static HttpResponse<String> generate(String version) throws IOException {
        return generate(emulator.baseUrl(), version);
    }

    private static HttpResponse<String> generate(String baseUrl, String version) throws IOException {
        return send(post(baseUrl + "/" + version + "/models/" + MODEL + ":generateContent", prompt("a cat"))
                .build());
    }

    private static void assertGone(HttpResponse<String> response, String version) throws IOException {
        assertThat(response.statusCode()).isEqualTo(404);
        JsonNode error = json(response).path("error");
        assertThat(error.path("status").asText()).isEqualTo("NOT_FOUND");
        assertThat(error.path("message").asText()).isEqualTo(GONE.formatted(version));
    }

    private static JsonNode listed(String baseUrl) throws IOException {
        return json(send(request(baseUrl + "/v1/models").build())).path("models");
    }

    @ParameterizedTest
    @CsvSource({"v1", "v1beta"})
    void modelEndsInTheMiddleOfARun(String version) throws IOException {
        emulator.endModel(MODEL, 2);

        assertThat(generate(version).statusCode()).isEqualTo(200);
        assertThat(generate(version).statusCode()).isEqualTo(200);
        assertGone(generate(version), version);
        assertGone(generate(version), version);
    }

    @ParameterizedTest
    @CsvSource({"v1", "v1beta"})
    void scriptedEndHasTheSameWords(String version) throws IOException {
        emulator.next(Fault.modelNotFound());

        assertGone(generate(version), version);
    }

    @Test
    void endedModelIsNeitherListedNorFoundNorCounted() throws IOException {
        emulator.endModel(MODEL, 0);

        assertThat(listed(emulator.baseUrl()).toString()).doesNotContain(MODEL + "\"");
        assertThat(listed(emulator.baseUrl())).hasSize(4);
        assertThat(send(request(emulator.baseUrl() + "/v1/models/" + MODEL).build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(post(emulator.baseUrl() + "/v1/models/" + MODEL + ":countTokens", prompt("a cat"))
                                .build())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void modelComesBackWhenTheEmulatorIsCleared() throws IOException {
        emulator.endModel(MODEL, 0);
        emulator.clear();

        assertThat(generate("v1").statusCode()).isEqualTo(200);
    }

    @Test
    void modelThatEndedBeforeTheStartStaysAway() throws IOException {
        try (GeminiEmulator later = GeminiEmulator.builder().endedModel(MODEL).start()) {
            later.clear();

            assertGone(generate(later.baseUrl(), "v1"), "v1");
            assertThat(listed(later.baseUrl())).hasSize(4);
            assertThat(later.endedModels()).containsExactly(MODEL);
        }
    }

    @Test
    void modelEndsOverHttp() throws IOException {
        String path = emulator.baseUrl() + "/emulator/ended-models";

        send(post(path, "{\"model\":\"" + MODEL + "\",\"after\":1}").build());

        assertThat(generate("v1").statusCode()).isEqualTo(200);
        assertGone(generate("v1"), "v1");
        assertThat(json(send(request(path).build())).toString()).isEqualTo("[\"" + MODEL + "\"]");
        send(request(path).DELETE().build());
        assertThat(generate("v1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"nano\"} | Unknown model 'nano'. Models are: [gemini-nano-banana-2.1,",
                "{\"model\":5} | 'model' is 5",
                "{} | 'model' is missing",
                "{\"model\":\"gemini-3.1-flash-image\",\"after\":\"x\"} | 'after' is \"x\"",
                "{\"model\":\"gemini-3.1-flash-image\",\"times\":1} | Unknown field 'times'",
            })
    void mistakesOverHttpAreExplained(String body, String message) throws IOException {
        HttpResponse<String> response =
                send(post(emulator.baseUrl() + "/emulator/ended-models", body).build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains(message);
        assertThat(emulator.emulator().endedModels()).isEmpty();
    }

    @Test
    void modelThatThereNeverWasCannotEnd() {
        assertThatThrownBy(() -> emulator.endModel("nano", 0)).hasMessageContaining("Unknown model 'nano'");
    }
}
