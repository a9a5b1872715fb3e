package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AI/ML API as its documents describe it. */
class AimlapiTest {

    private static final String MODEL = "google/nano-banana-2";

    /** 1 by 1, transparent. */
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(GeminiEmulator.builder()
            .smallPictures(true)
            .apiKey(EmulatedService.AIMLAPI, "aiml-key")
            .aimlapiBalance(new BigDecimal("0.3")));

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.aimlapiUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer aiml-key");
    }

    private static HttpRequest.Builder generation(String body) {
        return request("/v1/images/generations")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> generate(String more) throws IOException {
        return send(generation("{\"model\":\"" + MODEL + "\",\"prompt\":\"a lighthouse\"" + more + "}")
                .build());
    }

    private static JsonNode drawn(String more) throws IOException {
        HttpResponse<String> response = generate(more);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static byte[] fetched(JsonNode answer) throws IOException {
        URI url = URI.create(answer.at("/data/0/url").asText());
        return send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static BufferedImage picture(JsonNode answer) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(fetched(answer)));
    }

    @Test
    void pictureIsAtAnAddressOfTheEmulator() throws IOException {
        JsonNode answer = drawn(",\"aspect_ratio\":\"16:9\"");

        assertThat(answer.at("/data")).hasSize(1);
        assertThat(answer.at("/data/0/url").asText()).startsWith(emulator.aimlapiUrl() + "/pictures/");
        assertThat(answer.at("/data/0/b64_json").isNull()).isTrue();
        assertThat(answer.at("/data/0/mime_type").asText()).isEqualTo("image/png");
        BufferedImage picture = picture(answer);
        assertThat(picture.getWidth()).isEqualTo(1376);
        assertThat(picture.getHeight()).isEqualTo(768);
        assertThat(emulator.requests())
                .extracting(ReceivedRequest::service, ReceivedRequest::operation)
                .containsExactly(
                        tuple(EmulatedService.AIMLAPI, "images.generations"),
                        tuple(EmulatedService.AIMLAPI, "pictures.get"));
    }

    @Test
    void inlineDataIsInB64Json() throws IOException {
        emulator.usually(EmulatedService.AIMLAPI, Fault.inlineData());

        JsonNode answer = drawn("");

        assertThat(answer.at("/data/0/url").isNull()).isTrue();
        byte[] bytes = Base64.getDecoder().decode(answer.at("/data/0/b64_json").asText());
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(1024);
    }

    @ParameterizedTest
    @CsvSource({
        "google/nano-banana-2, 1024, 1024",
        "google/gemini-3-1-flash-image-preview, 1024, 1024",
        "google/gemini-3-1-flash-lite-image, 1376, 768",
        "google/gemini-nano-banana-2.1, 1376, 768",
    })
    void eachModelHasItsOwnUsualRatio(String model, int width, int height) throws IOException {
        JsonNode answer = json(send(
                generation("{\"model\":\"" + model + "\",\"prompt\":\"a cat\"}").build()));

        assertThat(picture(answer).getWidth()).isEqualTo(width);
        assertThat(picture(answer).getHeight()).isEqualTo(height);
        assertThat(emulator.requests().get(0).model()).isEqualTo(model);
        assertThat(emulator.requests().get(0).prompt()).isEqualTo("a cat");
    }

    @Test
    void largerSizesAreDrawn() throws IOException {
        assertThat(picture(drawn(",\"resolution\":\"2K\",\"aspect_ratio\":\"3:4\""))
                        .getHeight())
                .isEqualTo(2400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64," + DOT, DOT})
    void pictureInTheRequestIsDecoded(String image) throws IOException {
        drawn(",\"image_urls\":[\"" + image + "\",\"https://example.com/a.png\"]");

        ReceivedRequest received = emulator.requests().get(0);
        assertThat(received.pictures()).hasSize(1);
        assertThat(received.pictures().get(0).width()).isEqualTo(1);
        assertThat(received.body().at("/image_urls/1").asText()).isEqualTo("https://example.com/a.png");
    }

    @Test
    void liteKeepsTheRatioOfItsReference() throws IOException {
        JsonNode tall = drawn(",\"aspect_ratio\":\"9:16\"");
        String url = tall.at("/data/0/url").asText();

        JsonNode edited = json(send(generation("{\"model\":\"google/gemini-3-1-flash-lite-image\",\"prompt\":\"red\","
                        + "\"image_urls\":[\"" + url + "\"]}")
                .build()));

        assertThat(picture(edited).getHeight()).isEqualTo(1376);
    }

    @Test
    void referencesArePartOfThePicture() throws IOException {
        String url = drawn("").at("/data/0/url").asText();

        byte[] plain = fetched(drawn(""));
        byte[] edited = fetched(drawn(",\"image_urls\":[\"" + url + "\"]"));

        assertThat(edited).isNotEqualTo(plain);
    }

    @Test
    void referencesOnThisMachineAreFetched() throws IOException {
        emulator.usually(EmulatedService.ANYFAST, Fault.urlInText(null));
        JsonNode anyfast = json(send(HttpRequest.newBuilder(URI.create(
                        emulator.anyfastUrl() + "/v1beta/models/gemini-3.1-flash-image:generateContent?key=k"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"contents\":[{\"parts\":[{\"text\":\"a cat\"}]}],"
                        + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]}}"))
                .build()));
        String url = anyfast.at("/candidates/0/content/parts/0/text").asText();

        drawn(",\"image_urls\":[\"" + url + "\"]");

        assertThat(emulator.requests())
                .extracting(ReceivedRequest::service, ReceivedRequest::operation)
                .contains(tuple(EmulatedService.ANYFAST, "pictures.get"));
    }

    @Test
    void referenceThatIsNotThereIsAnError() throws IOException {
        HttpResponse<String> response =
                generate(",\"image_urls\":[\"" + emulator.anyfastUrl() + "/pictures/none.png\"]");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("message").asText())
                .isEqualTo("Body validation error\nimage_urls.0: The image could not be downloaded");
    }

    @Test
    void usageIsInTheAnswerAndInHeaders() throws IOException {
        HttpResponse<String> response = generate("");

        JsonNode usage = json(response).at("/meta/usage");
        assertThat(usage.path("credits_used").asLong()).isEqualTo(178_975);
        assertThat(usage.path("usd_spent").decimalValue()).isEqualByComparingTo("0.0894875");
        assertThat(response.headers().firstValue("x-aimlapi-credits-used")).contains("178975");
        assertThat(response.headers().firstValue("x-aimlapi-usd-spent")).contains("0.0894875");
        assertThat(response.headers().firstValue("x-inference-id")).isPresent();
    }

    @Test
    void eachReferenceCosts() throws IOException {
        JsonNode answer = drawn(",\"image_urls\":[\"" + DOT + "\",\"" + DOT + "\"]");

        assertThat(answer.at("/meta/usage/credits_used").asLong()).isEqualTo(185_093);
    }

    @Test
    void balanceSinksUntilCreditsHaveRunOut() throws IOException {
        for (int i = 0; i < 3; i++) {
            drawn("");
        }

        HttpResponse<String> refused = generate("");
        JsonNode billing = json(send(request("/v2/billing").build()));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").asText()).startsWith("You've run out of credits.");
        assertThat(billing.path("current_balance").decimalValue()).isEqualByComparingTo("0.0315375");
        assertThat(billing.path("currency").asText()).isEqualTo("USD");
    }

    @Test
    void clearFillsTheBalanceUp() throws IOException {
        drawn("");
        emulator.clear();

        assertThat(json(send(request("/v2/billing").build()))
                        .path("current_balance")
                        .decimalValue())
                .isEqualByComparingTo("0.3");
    }

    @Test
    void failuresAreNotBilled() throws IOException {
        emulator.next(Fault.internal());
        generate("");
        generate(",\"resolution\":\"512\"");

        assertThat(json(send(request("/v2/billing").build()))
                        .path("current_balance")
                        .decimalValue())
                .isEqualByComparingTo("0.3");
    }

    @ParameterizedTest
    @CsvSource({"an-id_1.2:3, 1, true", "with blank, 1, false", "x, 128, true", "x, 129, false"})
    void validRequestIdOfTheClientComesBack(String id, int times, boolean valid) throws IOException {
        HttpResponse<String> response = send(
                generation("{}").header("X-Client-Request-Id", id.repeat(times)).build());

        assertThat(response.headers().firstValue("x-client-request-id").isPresent())
                .isEqualTo(valid);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("{\"prompt\":\"a\"}", "Body validation error\nmodel: Required"),
                arguments(
                        "{\"model\":\"x\",\"prompt\":\"a\"}",
                        "Body validation error\nInvalid enum value. Expected 'google/nano-banana-2' |"
                                + " 'google/gemini-3-1-flash-image-preview' | 'google/gemini-3-1-flash-lite-image' |"
                                + " 'google/gemini-nano-banana-2.1', received 'x'"),
                arguments("{\"model\":\"" + MODEL + "\"}", "Body validation error\nprompt: Required"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":5,\"resolution\":\"512\"}",
                        "Body validation error\nprompt: Expected string, received number\nInvalid enum value. Expected"
                                + " '1K' | '2K' | '4K', received '512'"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"aspect_ratio\":\"21:9\"}",
                        "Body validation error\nInvalid enum value. Expected '1:1' | '9:16' | '16:9' | '3:4' | '4:3',"
                                + " received '21:9'"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"enable_web_search\":\"yes\"}",
                        "Body validation error\nenable_web_search: Expected boolean, received string"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"image_urls\":\"http://a/b\"}",
                        "Body validation error\nimage_urls: Expected array, received string"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"image_urls\":[\"no picture!\"]}",
                        "Body validation error\nimage_urls.0: Invalid url"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"image_urls\":[\"gs://bucket/a.png\"]}",
                        "Body validation error\nimage_urls.0: Invalid url"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"prompt\":\"a\",\"image_urls\":[\"http://a/1\",\"http://a/2\","
                                + "\"http://a/3\",\"http://a/4\",\"http://a/5\",\"http://a/6\"]}",
                        "Body validation error\nimage_urls: Array must contain at most 5 element(s)"),
                arguments("[]", "Body validation error\nExpected object, received array"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void bodiesAreCheckedAgainstTheDocuments(String body, String message) throws IOException {
        HttpResponse<String> response = send(generation(body).build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("message").asText()).isEqualTo(message);
    }

    @Test
    void brokenJsonIsAValidationError() throws IOException {
        HttpResponse<String> response = send(generation("{\"model\":").build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("message").asText()).startsWith("Body validation error\nInvalid JSON");
    }

    @Test
    void fieldsThatTheDocumentsDoNotNameAreIgnored() throws IOException {
        assertThat(drawn(",\"n\":2,\"size\":\"1024x1024\"").path("data")).hasSize(1);
    }

    @Test
    void errorsHaveAllFields() throws IOException {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(emulator.aimlapiUrl() + "/v1/images/generations"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build());

        JsonNode error = json(response);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(error.path("message").asText()).startsWith("This request requires a valid API key.");
        assertThat(error.path("path").asText()).isEqualTo("/v1/images/generations");
        assertThat(error.path("statusCode").isTextual()).isTrue();
        assertThat(error.path("statusCode").asText()).isEqualTo("401");
        assertThat(error.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(response.headers().firstValue("x-inference-id"))
                .contains(error.path("requestId").asText());
    }

    @Test
    void statusCodeCanBeANumber() throws IOException {
        emulator.usually(EmulatedService.AIMLAPI, Fault.numericStatusCode());
        emulator.next(Fault.overloaded());

        assertThat(json(generate("")).path("statusCode").isInt()).isTrue();
        assertThat(json(generate(",\"resolution\":\"512\"")).path("statusCode").isInt())
                .isTrue();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(Fault.rateLimited(Duration.ofSeconds(3)), 429, "Too Many Requests"),
                arguments(Fault.rateLimitedWithoutDetails(), 429, "Too Many Requests"),
                arguments(Fault.dailyQuota(), 429, "Too Many Requests"),
                arguments(Fault.creditsDepleted(), 403, "You've run out of credits."),
                arguments(Fault.billing(), 403, "You've run out of credits."),
                arguments(Fault.invalidKey(), 401, "This request requires a valid API key."),
                arguments(Fault.missingKey(), 401, "This request requires a valid API key."),
                arguments(Fault.modelNotFound(), 404, "Model google/nano-banana-2 not found"),
                arguments(Fault.internal(), 500, "Internal server error"),
                arguments(Fault.badGateway(), 502, "Bad Gateway"),
                arguments(Fault.overloaded(), 503, "Service unavailable"),
                arguments(Fault.deadlineExceeded(), 504, "Generation timeout"),
                arguments(Fault.cancelled(), 499, "Client Closed Request"),
                arguments(Fault.status(418, "TEAPOT", "short and stout"), 418, "short and stout"),
                arguments(Fault.promptBlocked("PROHIBITED_CONTENT"), 400, "PROHIBITED_CONTENT"),
                arguments(Fault.finish("IMAGE_SAFETY", "No."), 400, "IMAGE_SAFETY: No."));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void faultsAreInItsOwnForm(Fault fault, int status, String message) throws IOException {
        emulator.next(fault);

        HttpResponse<String> response = generate("");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("message").asText()).startsWith(message);
        assertThat(json(response).path("statusCode").asText()).isEqualTo(Integer.toString(status));
    }

    @Test
    void rateLimitSaysWhenToComeBack() throws IOException {
        emulator.next(Fault.rateLimited(Duration.ofMillis(2500)));

        assertThat(generate("").headers().firstValue("Retry-After")).contains("3");
    }

    @Test
    void answerCanBeWithoutData() throws IOException {
        emulator.next(Fault.noImage());

        assertThat(drawn("").path("data").isNull()).isTrue();
    }

    @Test
    void endedModelIsNotFound() throws IOException {
        emulator.endModel(EmulatedService.AIMLAPI, MODEL, 1);

        drawn("");

        assertThat(generate("").statusCode()).isEqualTo(404);
        assertThat(emulator.emulator().endedModels(EmulatedService.AIMLAPI)).containsExactly(MODEL);
        assertThat(emulator.emulator().endedModels()).isEmpty();
    }

    @Test
    void otherUrlsAreNotFound() throws IOException {
        HttpResponse<String> response = send(request("/v1/videos").build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("path").asText()).isEqualTo("/v1/videos");
    }
}
