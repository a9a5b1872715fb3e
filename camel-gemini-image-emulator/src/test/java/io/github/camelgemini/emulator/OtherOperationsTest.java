package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.request;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams, token counts, models, and URLs that the API does not have. */
class OtherOperationsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static HttpResponse<String> stream(String query) throws IOException {
        String url = emulator.baseUrl() + "/v1beta/models/" + MODEL + ":streamGenerateContent" + query;
        return send(Http.post(url, prompt("a lighthouse")).build());
    }

    private static HttpResponse<String> get(String path) throws IOException {
        return send(request(emulator.baseUrl() + path).GET().build());
    }

    private static List<JsonNode> events(HttpResponse<String> response) throws IOException {
        assertThat(response.body()).endsWith("\r\n\r\n");
        List<JsonNode> events = new java.util.ArrayList<>();
        for (String event : response.body().split("\r\n\r\n", -1)) {
            if (!event.isEmpty()) {
                assertThat(event).startsWith("data: ").doesNotContain("\n");
                events.add(Http.JSON.readTree(event.substring(6)));
            }
        }
        return events;
    }

    @Test
    void serverSentEventsEndWithoutDone() throws IOException {
        HttpResponse<String> response = stream("?alt=sse");

        List<JsonNode> chunks = events(response);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.body()).doesNotContain("[DONE]");
        assertThat(chunks).hasSize(3).allSatisfy(chunk -> {
            assertThat(chunk.has("usageMetadata")).isTrue();
            assertThat(chunk.at("/candidates/0/content/parts")).hasSize(1);
        });
        assertThat(chunks.get(0).at("/candidates/0").has("finishReason")).isFalse();
        assertThat(chunks.get(2).at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(Http.picture(chunks.get(2)).getWidth()).isEqualTo(1024);
    }

    @Test
    void withoutAltAStreamIsAnArray() throws IOException {
        assertThat(json(stream(""))).hasSize(3);
    }

    @Test
    void aStreamCanBreakAfterItsFirstChunk() throws IOException {
        emulator.next(Fault.midStreamError());

        List<JsonNode> chunks = events(stream("?alt=sse"));

        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(1).at("/error/code").asInt()).isEqualTo(503);
    }

    @Test
    void aBlockedPromptIsOneEvent() throws IOException {
        emulator.next(Fault.promptBlocked("SAFETY"));

        assertThat(events(stream("?alt=sse"))).singleElement().satisfies(chunk -> assertThat(
                        chunk.at("/promptFeedback/blockReason").asText())
                .isEqualTo("SAFETY"));
    }

    @Test
    void tokensAreCountedPerModality() throws IOException {
        String body = "{\"generateContentRequest\":{\"model\":\"models/" + MODEL
                + "\",\"contents\":[{\"parts\":[{\"text\":\"12345678\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}]}}";

        JsonNode count = json(send(Http.post(emulator.baseUrl() + "/v1beta/models/" + MODEL + ":countTokens", body)
                .build()));

        assertThat(count.path("totalTokens").asInt()).isEqualTo(260);
        assertThat(count.path("promptTokensDetails")).hasSize(2);
    }

    @Test
    void aModelHasItsFacts() throws IOException {
        JsonNode model = json(get("/v1beta/models/" + MODEL));

        assertThat(model.path("name").asText()).isEqualTo("models/" + MODEL);
        assertThat(model.path("inputTokenLimit").asInt()).isEqualTo(131_072);
        assertThat(model.path("supportedGenerationMethods").toString()).contains("generateContent", "countTokens");
    }

    @Test
    void theLastPageOfModelsHasNoToken() throws IOException {
        JsonNode first = json(get("/v1beta/models?pageSize=4"));
        JsonNode last = json(get("/v1beta/models?pageSize=4&pageToken="
                + java.net.URLEncoder.encode(
                        first.path("nextPageToken").asText(), java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(first.path("models")).hasSize(4);
        assertThat(last.path("models")).hasSize(1);
        assertThat(last.has("nextPageToken")).isFalse();
    }

    @Test
    void aForeignPageTokenIsRefused() throws IOException {
        assertThat(get("/v1beta/models?pageToken=x").statusCode()).isEqualTo(400);
    }

    @Test
    void vertexListsPublisherModels() throws IOException {
        assertThat(json(get("/v1beta1/publishers/google/models"))
                        .at("/publisherModels/0/name")
                        .asText())
                .startsWith("publishers/google/models/");
    }

    @Test
    void anUnknownUrlIsAPageOfHtml() throws IOException {
        HttpResponse<String> response = get("/v1beta/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(emulator.requests().get(0).operation()).isEmpty();
    }
}
