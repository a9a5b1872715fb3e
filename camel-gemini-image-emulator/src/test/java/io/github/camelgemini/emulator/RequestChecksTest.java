package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal of the reference, in the API's words. */
class RequestChecksTest {

    private static final String NEWEST = "gemini-nano-banana-2.1";
    private static final String LITE = "gemini-3.1-flash-lite-image";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static JsonNode refusal(String model, String body) throws IOException {
        HttpResponse<String> response = send(generate(emulator.baseUrl(), model, body));
        JsonNode error = json(response).path("error");
        assertThat(error.path("code").asInt())
                .as(response.body().substring(0, Math.min(300, response.body().length())))
                .isEqualTo(response.statusCode());
        return error;
    }

    private static String message(String model, String body) throws IOException {
        JsonNode error = refusal(model, body);
        assertThat(error.path("status").asText()).isEqualTo("INVALID_ARGUMENT");
        return error.path("message").asText();
    }

    @Test
    void anUnknownFieldIsNamedWithItsPath() throws IOException {
        JsonNode error = refusal(MODEL, prompt("x", "{\"imageConfig\":{\"personGeneration\":\"ALLOW_ALL\"}}"));

        String message =
                "Invalid JSON payload received. Unknown name \"personGeneration\" at 'generation_config.image_config':"
                        + " Cannot find field.";
        assertThat(error.path("message").asText()).isEqualTo(message);
        JsonNode violation = error.at("/details/0/fieldViolations/0");
        assertThat(violation.path("field").asText()).isEqualTo("generation_config.image_config");
        assertThat(violation.path("description").asText()).isEqualTo(message);
        assertThat(error.at("/details/0/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.BadRequest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"foo\":1,\"contents\":[]} | Unknown name \"foo\": Cannot find field.",
                "{\"labels\":{},\"contents\":[]} | Unknown name \"labels\": Cannot find field.",
                "{\"contents\":[{\"parts\":[{\"txt\":\"x\"}]}]} | Unknown name \"txt\" at 'contents[0].parts[0]'",
                "{\"contents\":[{\"parts\":[{\"text\":5}]}]} | Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 5",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\",\"inlineData\":{}}]}]} | oneof field 'data' is already set. Cannot set 'inlineData'",
                "{} | * GenerateContentRequest.contents: contents is not specified",
                "{\"contents\":[]} | * GenerateContentRequest.contents: contents is not specified",
                "{\"contents\":[{}]} | * GenerateContentRequest.contents[0].parts: contents.parts must not be empty.",
                "{\"contents\":[{\"parts\":[{}]}]} | required oneof field 'data' must have one initialized field",
                "{\"contents\":[{\"parts\":[{\"text\":\"\"}]}]} | Unable to submit request because it has an empty text parameter. Add a value to the parameter and try again.",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"},{\"text\":\"\"}]}]} | it has an empty text parameter",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"systemInstruction\":{\"parts\":[{\"text\":\"\"}]}} | it has an empty text parameter",
                "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"systemInstruction\":{\"parts\":[{}]}} | * GenerateContentRequest.system_instruction.parts[0].data: required oneof field 'data' must have one initialized field",
                "{\"contents\":[{\"role\":\"bot\",\"parts\":[{\"text\":\"x\"}]}]} | Please use a valid role: user, model.",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"application/zip\",\"data\":\"AAAA\"}}]}]} | Unsupported MIME type: application/zip",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"A*==\"}}]}]} | 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed",
                "{\"contents\":[{\"parts\":[{\"text\":\"x\" | Invalid JSON payload received.",
            })
    void requestsThatMakeNoSenseAreRefused(String body, String message) throws IOException {
        assertThat(message(MODEL, body)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"imageConfig\":{\"aspectRatio\":\"7:5\"}} | * GenerateContentRequest.generation_config.image_config.aspect_ratio: aspect_ratio must be one of '1:1', '1:4', '1:8', '2:3', '3:2', '3:4', '4:1', '4:3', '4:5', '5:4', '8:1', '9:16', '16:9', or '21:9'.",
                "{\"imageConfig\":{\"imageSize\":\"8K\"}} | Unsupported image_size '8K'. Supported values are: 1K, 2K, 4K, 512, 512P, 512PX.",
                "{\"candidateCount\":2} | Multiple candidates is not enabled for this model",
                "{\"responseModalities\":[\"VIDEO\"]} | Invalid value at 'generation_config.response_modalities[0]'",
                "{\"temperature\":3} | temperature must be in the range [0.0, 2.0]",
                "{\"topP\":1.5} | top_p must be in the range [0.0, 1.0]",
                "{\"seed\":1.5} | Invalid value at 'generation_config.seed' (TYPE_INT32), 1.5",
                "{\"thinkingConfig\":{\"thinkingLevel\":\"medium\"}} | Thinking level is not supported for this model.",
            })
    void configurationsThatTheModelCannotMakeAreRefused(String config, String message) throws IOException {
        assertThat(message(MODEL, prompt("x", config))).contains(message);
    }

    @Test
    void aRatioOfAnotherModelIsRefused() throws IOException {
        assertThat(message("gemini-3-pro-image", prompt("x", "{\"imageConfig\":{\"aspectRatio\":\"1:4\"}}")))
                .isEqualTo("Aspect ratio 1:4 is not supported for this model");
    }

    @Test
    void aSizeOfAnotherModelIsRefused() throws IOException {
        assertThat(message(LITE, prompt("x", "{\"imageConfig\":{\"imageSize\":\"2K\"}}")))
                .isEqualTo("Image size 2K is not supported for this model");
    }

    @ParameterizedTest
    @CsvSource({"temperature, 1", "topP, 0.9", "topK, 40", "seed, 7"})
    void newestModelRefusesSampling(String parameter, String value) throws IOException {
        String config = "{\"" + parameter + "\":" + value + "}";

        assertThat(message(NEWEST, prompt("x", config)))
                .isEqualTo("Parameter " + parameter + " is not supported for this model");
        assertThat(send(generate(emulator.baseUrl(), MODEL, prompt("x", config)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void newestModelRefusesItsSmallestSize() throws IOException {
        assertThat(message(NEWEST, prompt("x", "{\"imageConfig\":{\"imageSize\":\"512\"}}")))
                .isEqualTo("Image size 512 is not supported for this model");
    }

    private static String with(String mimeType, int count, boolean inline) {
        String part = inline
                ? ",{\"inlineData\":{\"mimeType\":\"" + mimeType + "\",\"data\":\"AAAA\"}}"
                : ",{\"fileData\":{\"mimeType\":\"" + mimeType + "\",\"fileUri\":\"https://a.example/x\"}}";
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}" + part.repeat(count) + "]}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,      video/mp4,       VIDEO",
        "gemini-nano-banana-2.1,      application/pdf, DOCUMENT",
        "gemini-3.1-flash-image,      video/quicktime, VIDEO",
        "gemini-3.1-flash-image,      application/pdf, DOCUMENT",
        "gemini-3-pro-image,          application/pdf, DOCUMENT",
        "gemini-2.5-flash-image,      image/webp,      IMAGE"
    })
    void mediaThatTheModelTakesIsCounted(String model, String mimeType, String modality) throws IOException {
        for (boolean inline : new boolean[] {true, false}) {
            JsonNode answer = json(send(generate(emulator.baseUrl(), model, with(mimeType, 2, inline))));

            assertThat(answer.at("/usageMetadata/promptTokensDetails/1/modality")
                            .asText())
                    .isEqualTo(modality);
            assertThat(answer.at("/usageMetadata/promptTokensDetails/1/tokenCount")
                            .asInt())
                    .isEqualTo(2 * 258);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-image,          video/mp4",
        "gemini-2.5-flash-image,      video/mp4",
        "gemini-3.1-flash-lite-image, video/mp4",
        "gemini-nano-banana-2.1,      audio/mpeg",
        "gemini-nano-banana-2.1,      application/zip"
    })
    void mediaThatTheModelDoesNotTakeIsRefused(String model, String mimeType) throws IOException {
        assertThat(message(model, with(mimeType, 1, true))).isEqualTo("Unsupported MIME type: " + mimeType);
        assertThat(message(model, with(mimeType, 1, false))).isEqualTo("Unsupported MIME type: " + mimeType);
    }

    @Test
    void vertexAiTakesVideoWhereTheDeveloperApiDoesNot() throws IOException {
        String url = emulator.baseUrl() + "/v1beta1/publishers/google/models/" + LITE + ":generateContent";

        assertThat(send(Http.post(url, with("video/mp4", 1, true)).build()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void moreThanTenVideosAreRefused() throws IOException {
        assertThat(message(NEWEST, with("video/mp4", 11, false))).contains("at most 10 videos");
    }

    @Test
    void groundingIsRefusedWhereTheModelHasNone() throws IOException {
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"tools\":[{\"googleSearch\":{}}]}";

        assertThat(message(LITE, body)).isEqualTo("Search Grounding is not supported.");
    }

    @Test
    void theSchemaIsCheckedBeforeTheModel() throws IOException {
        assertThat(refusal("no-such-model", prompt("x", "{\"foo\":1}"))
                        .path("code")
                        .asInt())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"no-such-model", "gemini-3.1-flash-image-preview", "imagen-4.0-generate-001"})
    void unknownAndRetiredModelsAreNotFound(String model) throws IOException {
        JsonNode error = refusal(model, prompt("x"));

        assertThat(error.path("status").asText()).isEqualTo("NOT_FOUND");
        assertThat(error.path("message").asText())
                .startsWith("models/" + model
                        + " is not found for API version v1beta, or is not supported for generateContent");
    }

    private static ObjectNode secondTurn(String model) throws IOException {
        JsonNode first = json(
                send(generate(emulator.baseUrl(), model, prompt("a cat", "{\"responseModalities\":[\"IMAGE\"]}"))));
        ObjectNode body = Http.JSON.createObjectNode();
        body.putArray("contents")
                .add(Http.JSON.readTree("{\"role\":\"user\",\"parts\":[{\"text\":\"a cat\"}]}"))
                .add(first.at("/candidates/0/content"))
                .add(Http.JSON.readTree("{\"role\":\"user\",\"parts\":[{\"text\":\"blue\"}]}"));
        return body;
    }

    private static ObjectNode modelPart(ObjectNode body) {
        return (ObjectNode) body.at("/contents/1/parts/0");
    }

    @Test
    void aSignatureThatIsGivenBackIsAccepted() throws IOException {
        ObjectNode body = secondTurn(MODEL);

        assertThat(send(generate(emulator.baseUrl(), MODEL, body.toString())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aMissingSignatureIsRefusedWithThePosition() throws IOException {
        ObjectNode body = secondTurn(MODEL);
        modelPart(body).remove("thoughtSignature");

        assertThat(message(MODEL, body.toString()))
                .isEqualTo(
                        "Image part is missing a thought_signature in content position 2, part position 1. Please refer"
                                + " to https://ai.google.dev/gemini-api/docs/thought-signatures#model-behavior for more"
                                + " details.");
    }

    @Test
    void aForeignSignatureIsRefused() throws IOException {
        ObjectNode body = secondTurn(MODEL);
        modelPart(body).put("thoughtSignature", "U0lH");

        assertThat(message(MODEL, body.toString())).isEqualTo("Thought signature is not valid.");
    }

    @Test
    void theDocumentedWayAroundSignaturesIsAccepted() throws IOException {
        ObjectNode body = secondTurn(MODEL);
        modelPart(body).put("thoughtSignature", "skip_thought_signature_validator");

        assertThat(send(generate(emulator.baseUrl(), MODEL, body.toString())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void gemini25NeedsNoSignatures() throws IOException {
        ObjectNode body = secondTurn("gemini-2.5-flash-image");

        assertThat(modelPart(body).has("thoughtSignature")).isFalse();
        assertThat(send(generate(emulator.baseUrl(), "gemini-2.5-flash-image", body.toString()))
                        .statusCode())
                .isEqualTo(200);
    }
}
