package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final String DEVELOPER = "/v1beta/models/" + MODEL + ":generateContent";
    private static final String VERTEX =
            "/v1beta1/projects/p/locations/global/publishers/google/models/" + MODEL + ":generateContent";
    private static final String EXPRESS = "/v1beta1/publishers/google/models/" + MODEL + ":generateContent";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().apiKey("right").accessToken("token"));

    private static HttpResponse<String> call(String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(prompt("x")));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVELOPER, "/v1/models/" + MODEL + ":generateContent", EXPRESS})
    void aKeyInTheHeaderIsAccepted(String path) throws IOException {
        assertThat(call(path, "x-goog-api-key", "right").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyInTheQueryIsAccepted() throws IOException {
        assertThat(call(DEVELOPER + "?key=right").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyAsBearerIsAcceptedAsGatewaysDo() throws IOException {
        assertThat(call(DEVELOPER, "Authorization", "Bearer right").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aKeyAsBearerCanBeForbidden() throws IOException {
        try (GeminiEmulator strict = GeminiEmulator.builder().bearerKeys(false).start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(strict.baseUrl() + DEVELOPER))
                    .header("Authorization", "Bearer right")
                    .POST(HttpRequest.BodyPublishers.ofString(prompt("x")))
                    .build();

            assertThat(send(request).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void anyKeyIsAcceptedByDefault() throws IOException {
        try (GeminiEmulator open = GeminiEmulator.builder().start()) {
            assertThat(send(Http.generate(open.baseUrl(), MODEL, prompt("x"))).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVELOPER, EXPRESS})
    void aMissingKeyIsForbidden(String path) throws IOException {
        HttpResponse<String> response = call(path);

        assertThat(response.statusCode()).isEqualTo(403);
        JsonNode error = json(response).path("error");
        assertThat(error.path("status").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(error.path("message").asText())
                .startsWith("Method doesn't allow unregistered callers (callers without established identity).");
    }

    @Test
    void aWrongKeyIsAnInvalidArgumentWithDetails() throws IOException {
        HttpResponse<String> response = call(DEVELOPER, "x-goog-api-key", "wrong");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response).path("error");
        assertThat(error.path("message").asText()).isEqualTo("API key not valid. Please pass a valid API key.");
        assertThat(error.at("/details/0/reason").asText()).isEqualTo("API_KEY_INVALID");
        assertThat(error.at("/details/0/domain").asText()).isEqualTo("googleapis.com");
        assertThat(error.at("/details/0/metadata/service").asText()).isEqualTo("generativelanguage.googleapis.com");
        assertThat(error.at("/details/1/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.LocalizedMessage");
    }

    @Test
    void vertexTakesItsToken() throws IOException {
        assertThat(call(VERTEX, "Authorization", "Bearer token").statusCode()).isEqualTo(200);
    }

    @Test
    void vertexRefusesAnotherToken() throws IOException {
        HttpResponse<String> response = call(VERTEX, "Authorization", "Bearer expired");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).at("/error/status").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void vertexRefusesAKeyWhereAProjectIsNamed() throws IOException {
        assertThat(call(VERTEX, "x-goog-api-key", "right").statusCode()).isEqualTo(401);
    }
}
