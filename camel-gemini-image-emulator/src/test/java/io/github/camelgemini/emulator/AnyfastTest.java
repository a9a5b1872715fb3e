package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AnyFast as its documents describe it. */
class AnyfastTest {

    private static final String MODEL = "gemini-3.1-flash-image";
    private static final String BOTH = "\"responseModalities\":[\"TEXT\",\"IMAGE\"]";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(
            GeminiEmulator.builder().smallPictures(true).apiKey(EmulatedService.ANYFAST, "any-fast-key"));

    private static HttpRequest.Builder call(String modelAndOperation, String body) {
        return HttpRequest.newBuilder(URI.create(emulator.anyfastUrl() + "/v1beta/models/" + modelAndOperation))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String body(String part, String config) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[" + part + "]}],\"generationConfig\":{" + config + "}}";
    }

    private static String body(String config) {
        return body("{\"text\":\"a lighthouse\"}", config);
    }

    private static HttpResponse<String> generate(String body) throws IOException {
        return send(call(MODEL + ":generateContent?key=any-fast-key", body).build());
    }

    private static HttpResponse<String> stream(String body) throws IOException {
        return send(
                call(MODEL + ":streamGenerateContent?key=any-fast-key", body).build());
    }

    private static JsonNode drawn(String body) throws IOException {
        HttpResponse<String> response = generate(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static List<JsonNode> events(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<JsonNode> events = new ArrayList<>();
        for (String event : response.body().split("\r\n\r\n")) {
            assertThat(event).startsWith("data: ");
            events.add(Http.JSON.readTree(event.substring("data: ".length())));
        }
        return events;
    }

    private static BufferedImage picture(JsonNode data) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.asText())));
    }

    @Test
    void inlineDataIsInSnakeCaseBesideCamelCase() throws IOException {
        JsonNode answer = drawn(body(BOTH + ",\"imageConfig\":{\"aspectRatio\":\"16:9\"}"));

        JsonNode candidate = answer.at("/candidates/0");
        assertThat(candidate.path("finishReason").asText()).isEqualTo("STOP");
        assertThat(candidate.at("/content/parts/0/text").asText()).contains("a lighthouse");
        JsonNode data = candidate.at("/content/parts/1/inline_data");
        assertThat(data.path("mime_type").asText()).isEqualTo("image/jpeg");
        assertThat(picture(data.path("data")).getWidth()).isEqualTo(1376);
        assertThat(candidate.at("/content/parts/1").has("inlineData")).isFalse();
        assertThat(answer.at("/usageMetadata/totalTokenCount").asInt()).isPositive();
        assertThat(answer.path("modelVersion").asText()).isEqualTo(MODEL);
    }

    @Test
    void inlineDataIsInCamelCaseByHabit() throws IOException {
        emulator.usually(EmulatedService.ANYFAST, Fault.camelCase());

        JsonNode answer = drawn(body("\"responseModalities\":[\"IMAGE\"]"));

        assertThat(answer.at("/candidates/0/content/parts/0/inlineData/mimeType")
                        .asText())
                .isEqualTo("image/jpeg");
    }

    @Test
    void habitGoesTogetherWithAFault() throws IOException {
        emulator.usually(EmulatedService.ANYFAST, Fault.camelCase());
        emulator.next(Fault.pictures(2));

        JsonNode parts = drawn(body("\"responseModalities\":[\"IMAGE\"]")).at("/candidates/0/content/parts");

        assertThat(parts).hasSize(2).allMatch(part -> part.has("inlineData"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gemini-3.1-flash-image-preview", "gemini-3.1-flash-image-preview-c", "gemini-2.5-flash-image"})
    void otherNamesAreKnown(String name) throws IOException {
        HttpResponse<String> response = send(
                call(name + ":generateContent?key=any-fast-key", body(BOTH)).build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(emulator.requests().get(0).model()).isEqualTo(name);
        assertThat(emulator.requests().get(0).service()).isEqualTo(EmulatedService.ANYFAST);
    }

    @Test
    void pictureIsEdited() throws IOException {
        String lighthouse = drawn(body(BOTH + ",\"imageConfig\":{\"aspectRatio\":\"3:4\",\"imageSize\":\"512\"}"))
                .at("/candidates/0/content/parts/1/inline_data/data")
                .asText();

        JsonNode edited = drawn(body(
                "{\"text\":\"red\"},{\"inline_data\":{\"mime_type\":\"image/jpeg\",\"data\":\"" + lighthouse + "\"}}",
                BOTH));

        assertThat(picture(edited.at("/candidates/0/content/parts/1/inline_data/data"))
                        .getHeight())
                .isEqualTo(1200);
        assertThat(emulator.requests().get(1).pictures().get(0).width()).isEqualTo(448);
    }

    @Test
    void streamIsAThoughtThenThePictureThenTheTokens() throws IOException {
        List<JsonNode> events = events(stream(body("\"responseModalities\":[\"IMAGE\"]")));

        assertThat(events).hasSize(3);
        assertThat(events.get(0).at("/candidates/0/content/parts/0/thought").asBoolean())
                .isTrue();
        JsonNode picture = events.get(1).at("/candidates/0/content/parts/0/inlineData");
        assertThat(picture.path("mimeType").asText()).isEqualTo("image/jpeg");
        assertThat(picture(picture.path("data")).getWidth()).isEqualTo(1024);
        assertThat(events.get(1).has("usageMetadata")).isFalse();
        assertThat(events.get(2).has("candidates")).isFalse();
        assertThat(events.get(2).at("/usageMetadata/trafficType").asText()).isEqualTo("ON_DEMAND");
        assertThat(events.get(2).path("createTime").asText()).isNotEmpty();
        assertThat(events.get(2).path("responseId").asText()).isNotEmpty();
    }

    @Test
    void streamCanBreak() throws IOException {
        emulator.next(Fault.midStreamError());

        List<JsonNode> events = events(stream(body(BOTH)));

        assertThat(events.get(events.size() - 1).at("/error/code").asText()).isEqualTo("service_unavailable");
    }

    @Test
    void nanoUrlGroupHasTheAddressInTheText() throws IOException {
        emulator.usually(EmulatedService.ANYFAST, Fault.urlInText(null), Fault.noStreaming());

        JsonNode part = drawn(body(BOTH)).at("/candidates/0/content/parts/0");

        assertThat(part.path("text").asText()).startsWith(emulator.anyfastUrl() + "/pictures/");
        HttpResponse<byte[]> picture = send(
                HttpRequest.newBuilder(URI.create(part.path("text").asText())).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                .isEqualTo(1024);
        HttpResponse<String> stream = stream(body(BOTH));
        assertThat(stream.statusCode()).isEqualTo(403);
        assertThat(json(stream).at("/error/type").asText()).isEqualTo("permission_error");
    }

    @Test
    void nanoUrlGroupHasTheAddressInFileData() throws IOException {
        emulator.usually(EmulatedService.ANYFAST, Fault.fileData(null));

        JsonNode part = drawn(body("\"responseModalities\":[\"IMAGE\"]")).at("/candidates/0/content/parts/0");

        assertThat(part.at("/fileData/fileUri").asText()).startsWith(emulator.anyfastUrl() + "/pictures/");
    }

    @ParameterizedTest
    @CsvSource({
        "?key=any-fast-key, , , 200",
        "'', Authorization, Bearer any-fast-key, 200",
        "'', x-goog-api-key, any-fast-key, 200",
        "?key=wrong, , , 401",
        "'', Authorization, Bearer wrong, 401",
        "'', , , 401",
    })
    void keyComesInTheQueryOrAHeader(String query, String header, String value, int status) throws IOException {
        HttpRequest.Builder call = call(MODEL + ":generateContent" + query, body(BOTH));
        if (header != null) {
            call.header(header, value);
        }

        HttpResponse<String> response = send(call.build());

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(json(response).at("/error/type").asText()).isEqualTo("authentication_error");
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("{}", "contents is not specified"),
                arguments("{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}", "generationConfig is required."),
                arguments(body(""), "generationConfig.responseModalities is required."),
                arguments(body("\"responseModalities\":[\"TEXT\"]"), "must be [\"IMAGE\"] or [\"TEXT\", \"IMAGE\"]."),
                arguments(
                        body(BOTH + ",\"imageConfig\":{\"aspectRatio\":\"21:9\"}"),
                        "Aspect ratio 21:9 is not supported"),
                arguments(body(BOTH + ",\"imageConfig\":{\"imageSize\":\"1k\"}"), "Unsupported imageSize '1k'"),
                arguments(body(BOTH + ",\"imageConfig\":{\"imageSize\":\"512px\"}"), "Unsupported imageSize '512px'"),
                arguments(body(BOTH + ",\"colour\":1"), "Unknown name \"colour\""),
                arguments(
                        body("{\"fileData\":{\"fileUri\":\"https://a/b\",\"mimeType\":\"image/png\"}}", BOTH),
                        "fileData is not supported"),
                arguments(
                        body("{\"inlineData\":{\"mimeType\":\"image/heic\",\"data\":\"AAAA\"}}", BOTH),
                        "Unsupported MIME type: image/heic"),
                arguments("{\"contents\":", "Invalid JSON payload received."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatTheDocumentsDoNotHaveIsRefused(String body, String message) throws IOException {
        HttpResponse<String> response = generate(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(json(response).at("/error/message").asText()).contains(message);
    }

    @Test
    void smallestSizeIsNotStreamed() throws IOException {
        assertThat(stream(body(BOTH + ",\"imageConfig\":{\"imageSize\":\"512\"}"))
                        .statusCode())
                .isEqualTo(400);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(Fault.rateLimited(Duration.ofSeconds(3)), 429, "rate_limit_error", "rate_limit_exceeded"),
                arguments(Fault.rateLimitedWithoutDetails(), 429, "rate_limit_error", "rate_limit_exceeded"),
                arguments(Fault.dailyQuota(), 429, "insufficient_quota", "insufficient_quota"),
                arguments(Fault.creditsDepleted(), 429, "insufficient_quota", "insufficient_quota"),
                arguments(Fault.invalidKey(), 401, "authentication_error", "invalid_api_key"),
                arguments(Fault.missingKey(), 401, "authentication_error", "missing_api_key"),
                arguments(Fault.modelNotFound(), 404, "invalid_request_error", "model_not_found"),
                arguments(Fault.billing(), 403, "permission_error", "billing_not_active"),
                arguments(Fault.internal(), 500, "server_error", "internal_error"),
                arguments(Fault.badGateway(), 502, "server_error", "bad_gateway"),
                arguments(Fault.overloaded(), 503, "server_error", "service_unavailable"),
                arguments(Fault.deadlineExceeded(), 504, "server_error", "timeout"),
                arguments(Fault.status(418, "TEAPOT", "short"), 418, "invalid_request_error", "TEAPOT"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void faultsAreInItsOwnForm(Fault fault, int status, String type, String code) throws IOException {
        emulator.next(fault);

        HttpResponse<String> response = generate(body(BOTH));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).at("/error/type").asText()).isEqualTo(type);
        assertThat(json(response).at("/error/code").asText()).isEqualTo(code);
        assertThat(json(response).at("/error/message").asText()).isNotEmpty();
    }

    @Test
    void blockedPromptIsSaidInTheDialect() throws IOException {
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));

        assertThat(drawn(body(BOTH)).at("/promptFeedback/blockReason").asText()).isEqualTo("PROHIBITED_CONTENT");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1beta/models", "GET, /v1beta/models/" + MODEL, "POST, /v1beta/models/" + MODEL + ":countTokens"
    })
    void whatIsNotDocumentedIsNotFound(String method, String path) throws IOException {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(emulator.anyfastUrl() + path + "?key=any-fast-key"))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/error/message").asText()).isEqualTo("Invalid URL (" + method + " " + path + ")");
    }

    @Test
    void endedModelIsNotFoundHereOnly() throws IOException {
        emulator.endModel(EmulatedService.ANYFAST, MODEL, 0);

        HttpResponse<String> here = generate(body(BOTH));
        HttpResponse<String> atGoogle = send(Http.generate(emulator.baseUrl(), MODEL, Http.prompt("a cat")));

        assertThat(here.statusCode()).isEqualTo(404);
        assertThat(json(here).at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(atGoogle.statusCode()).isEqualTo(200);
    }

    @Test
    void faultIsForOneServiceOnly() throws IOException {
        emulator.on(RequestMatcher.service(EmulatedService.ANYFAST)).answer(Fault.overloaded());

        assertThat(generate(body(BOTH)).statusCode()).isEqualTo(503);
        assertThat(send(Http.generate(emulator.baseUrl(), MODEL, Http.prompt("a cat")))
                        .statusCode())
                .isEqualTo(200);
    }
}
