package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.post;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come in several calls. */
class ContinuationTest {

    private static final String WHOLE = "Here is your picture: a harbour at dawn";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static ObjectNode request() throws IOException {
        return (ObjectNode)
                Http.JSON.readTree(Http.prompt("a harbour at dawn", "{\"imageConfig\":{\"imageSize\":\"512\"}}"));
    }

    private static HttpResponse<String> call(String version, String operation, JsonNode body) throws IOException {
        return send(post(emulator.baseUrl() + "/" + version + "/models/" + MODEL + ":" + operation, body.toString())
                .build());
    }

    private static JsonNode answer(String version, JsonNode body) throws IOException {
        HttpResponse<String> response = call(version, "generateContent", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    /** All answers to one request, each with the token of the one before. */
    private static List<JsonNode> all(String version, ObjectNode request) throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        do {
            JsonNode answer = answer(version, request);
            answers.add(answer);
            request.set("continuationToken", answer.at("/candidates/0/continuationToken"));
        } while (request.path("continuationToken").isTextual());
        return answers;
    }

    private static List<Integer> withPicture(List<JsonNode> answers) {
        List<Integer> found = new ArrayList<>();
        for (JsonNode answer : answers) {
            answer.at("/candidates/0/content/parts").forEach(part -> {
                if (part.has("inlineData")) {
                    found.add(answers.indexOf(answer) + 1);
                }
            });
        }
        return found;
    }

    private static String text(List<JsonNode> answers) {
        StringBuilder text = new StringBuilder();
        answers.forEach(answer -> answer.at("/candidates/0/content/parts")
                .forEach(part -> text.append(part.path("text").asText())));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, v1", "1, 2, v1beta", "3, 1, v1beta", "3, 2, v1", "3, 4, v1"})
    void answerComesInSeveralCallsWithThePictureInOneOfThem(int n, int pictureIn, String version) throws IOException {
        emulator.next(Fault.continuation(n, pictureIn));

        List<JsonNode> answers = all(version, request());

        assertThat(answers).hasSize(n + 1);
        assertThat(answers.subList(0, n)).allSatisfy(answer -> assertThat(
                        answer.at("/candidates/0/finishReason").asText())
                .isEqualTo("CONTINUATION"));
        assertThat(answers.get(n).at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(withPicture(answers)).containsExactly(pictureIn);
        assertThat(text(answers)).isEqualTo(WHOLE);
        assertThat(answers).allSatisfy(answer -> assertThat(
                        answer.at("/usageMetadata/promptTokenCount").asInt())
                .isPositive());
        assertThat(answers.get(pictureIn - 1)
                        .at("/usageMetadata/candidatesTokensDetails")
                        .toString())
                .contains("747");
    }

    @Test
    void answerMayHaveNoPictureInAnyCall() throws IOException {
        emulator.next(Fault.continuation(2, 0));

        assertThat(withPicture(all("v1", request()))).isEmpty();
    }

    @Test
    void streamEndsWithTheToken() throws IOException {
        emulator.next(Fault.continuation(1, 2));

        String first = call("v1", "streamGenerateContent?alt=sse", request()).body();
        String last = first.strip().substring(first.strip().lastIndexOf("data: ") + 6);
        JsonNode candidate = Http.JSON.readTree(last).at("/candidates/0");
        assertThat(candidate.path("finishReason").asText()).isEqualTo("CONTINUATION");
        assertThat(first).doesNotContain("inlineData");

        ObjectNode request = request();
        request.set("continuationToken", candidate.path("continuationToken"));
        assertThat(call("v1", "streamGenerateContent?alt=sse", request).body())
                .contains("inlineData", "\"STOP\"")
                .doesNotContain("continuationToken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "config", "token"})
    void nextCallMustBeTheSameRequestWithTheToken(String changed) throws IOException {
        emulator.next(Fault.continuation(1, 2));
        ObjectNode request = request();
        request.set("continuationToken", answer("v1", request).at("/candidates/0/continuationToken"));
        switch (changed) {
            case "prompt" -> ((ObjectNode) request.at("/contents/0/parts/0")).put("text", "a hill");
            case "config" -> ((ObjectNode) request.path("generationConfig")).put("topP", 0.5);
            default -> request.put("continuationToken", "AAAA");
        }

        HttpResponse<String> refusal = call("v1", "generateContent", request);

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(json(refusal).at("/error/message").asText()).contains("continuation token");
    }

    @Test
    void referencesAreComparedByTheirBytes() throws IOException {
        emulator.next(Fault.continuation(1, 2));
        ObjectNode request = request();
        ObjectNode part = ((com.fasterxml.jackson.databind.node.ArrayNode) request.at("/contents/0/parts")).addObject();
        part.putObject("inlineData").put("mimeType", "image/png").put("data", "AAAA");
        request.set("continuationToken", answer("v1", request).at("/candidates/0/continuationToken"));

        ObjectNode other = request.deepCopy();
        ((ObjectNode) other.at("/contents/0/parts/1/inlineData")).put("data", "AAAB");

        assertThat(call("v1", "generateContent", other).statusCode()).isEqualTo(400);
        assertThat(call("v1", "generateContent", request).statusCode()).isEqualTo(200);
    }

    @Test
    void failedCallIsMadeAgainWithTheSameToken() throws IOException {
        emulator.next(Fault.continuation(1, 2));
        emulator.next(Fault.overloaded());
        ObjectNode request = request();
        request.set("continuationToken", answer("v1", request).at("/candidates/0/continuationToken"));

        assertThat(call("v1", "generateContent", request).statusCode()).isEqualTo(503);
        assertThat(withPicture(List.of(answer("v1", request)))).hasSize(1);
    }

    @Test
    void otherFaultsApplyToTheWholeAnswer() throws IOException {
        emulator.on(RequestMatcher.prompt("harbour"))
                .answer(Fault.continuation(2, 3), Fault.pictureBytes(300_000), Fault.finish("IMAGE_SAFETY", "No."));

        List<JsonNode> answers = all("v1", request());

        assertThat(answers).hasSize(3);
        assertThat(answers.get(2).at("/candidates/0/finishReason").asText()).isEqualTo("IMAGE_SAFETY");
        assertThat(answers.get(2).at("/candidates/0").has("content")).isFalse();
    }

    @Test
    void laterCallCanEndOtherwise() throws IOException {
        emulator.next(Fault.continuation(5, 6));
        emulator.next(Fault.finish("PROHIBITED_CONTENT", null));

        List<JsonNode> answers = all("v1", request());

        assertThat(answers).hasSize(2);
        assertThat(answers.get(1).at("/candidates/0/finishReason").asText()).isEqualTo("PROHIBITED_CONTENT");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 3", "1, -1"})
    void callsThatThereAreNotAreAMistake(int n, int pictureIn) {
        assertThatThrownBy(() -> Fault.continuation(n, pictureIn)).isInstanceOf(IllegalArgumentException.class);
    }
}
