package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** GMI's request queue as its documents and its clients describe it. Time does not go by here unless a test turns the clock. */
class GmiTest {

    private static final String MODEL = "gemini-3.1-flash-image-preview";
    private static final Duration QUEUE = Duration.ofHours(1);

    /** 1 by 1, transparent. */
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension(GeminiEmulator.builder()
            .smallPictures(true)
            .queueTime(QUEUE)
            .apiKey(EmulatedService.GMI, "gmi-key")
            .gmiBalance(new BigDecimal("0.15")));

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.gmiUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer gmi-key");
    }

    private static HttpRequest.Builder post(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonNode answer(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response = send(request.build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static HttpRequest.Builder submission(String payload) {
        return post("/requests", "{\"model\":\"" + MODEL + "\",\"payload\":" + payload + "}");
    }

    private static JsonNode submitted(String more) throws IOException {
        return answer(submission("{\"prompt\":\"a lighthouse\"" + more + "}"));
    }

    private static JsonNode get(JsonNode request) throws IOException {
        return answer(request("/requests/" + request.path("request_id").asText()));
    }

    private static JsonNode drawn(String more) throws IOException {
        JsonNode request = submitted(more);
        emulator.clock().advance(QUEUE);
        return get(request);
    }

    private static BufferedImage picture(String url) throws IOException {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return ImageIO.read(new ByteArrayInputStream(response.body()));
    }

    private static String url(JsonNode request) {
        return request.at("/outcome/media_urls/0/url").asText();
    }

    @Test
    void submissionIsAnsweredAtOnce() throws IOException {
        JsonNode request = submitted("");

        assertThat(request.path("status").asText()).isEqualTo("queued");
        assertThat(request.path("model").asText()).isEqualTo(MODEL);
        assertThat(request.path("created_at").asLong()).isBetween(1_700_000_000L, 10_000_000_000L);
        assertThat(request.has("outcome")).isFalse();
        assertThat(get(request).path("outcome").isNull()).isTrue();
        assertThat(get(request).at("/payload/prompt").asText()).isEqualTo("a lighthouse");
    }

    @Test
    void requestEndsWithAPicture() throws IOException {
        JsonNode done = drawn(",\"aspect_ratio\":\"16:9\",\"image_size\":\"512\",\"image_output_format\":\"jpeg\"");

        assertThat(done.path("status").asText()).isEqualTo("success");
        assertThat(done.at("/outcome/media_urls/0/id").asText()).isEqualTo("0");
        assertThat(done.at("/outcome/thumbnail_image_url").asText()).startsWith(emulator.gmiUrl());
        assertThat(picture(url(done)).getWidth()).isEqualTo(688);
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo("0.045");
    }

    @ParameterizedTest
    @CsvSource({"0.01, queued, created", "0.2, queued, dispatched", "0.5, processing, processing", "1, success, success"
    })
    void requestGoesThroughItsStatuses(double share, String usual, String rare) throws IOException {
        JsonNode request = submitted("");

        emulator.clock().advance(Duration.ofMillis((long) (QUEUE.toMillis() * share)));

        assertThat(get(request).path("status").asText()).isEqualTo(usual);
        emulator.usually(EmulatedService.GMI, Fault.rareStatuses());
        assertThat(get(request).path("status").asText()).isEqualTo(rare);
    }

    @Test
    void pathOfTheDocumentsMayStandBefore() throws IOException {
        String path = "/api/v1/ie/requestqueue/apikey";

        JsonNode request =
                answer(post(path + "/requests", "{\"model\":\"" + MODEL + "\",\"payload\":{\"prompt\":\"a cat\"}}"));

        assertThat(answer(request(
                                path + "/requests/" + request.path("request_id").asText()))
                        .path("status")
                        .asText())
                .isEqualTo("queued");
    }

    /** Source document 003: copy next_turn_contents into contents, and append the new instruction. */
    @Test
    void conversationGoesOnWithWhatCameBack() throws IOException {
        JsonNode first = drawn("");
        ObjectNode payload = Http.JSON.createObjectNode();
        payload.set("contents", first.at("/outcome/next_turn_contents"));
        ObjectNode turn = payload.withArray("contents").addObject().put("role", "user");
        turn.putArray("parts").addObject().put("text", "now by night");

        JsonNode request = answer(submission(payload.toString()));
        emulator.clock().advance(QUEUE);
        JsonNode second = get(request);

        assertThat(second.path("status").asText()).isEqualTo("success");
        assertThat(second.at("/outcome/next_turn_contents")).hasSize(4);
        assertThat(emulator.jobs().get(1).prompt()).isEqualTo("now by night");
    }

    @Test
    void conversationWithoutItsSignaturesIsRefused() throws IOException {
        JsonNode first = drawn("");
        ObjectNode payload = Http.JSON.createObjectNode();
        payload.set("contents", first.at("/outcome/next_turn_contents"));
        ((ObjectNode) payload.at("/contents/1/parts/0")).remove("thoughtSignature");
        ObjectNode turn = payload.withArray("contents").addObject().put("role", "user");
        turn.putArray("parts").addObject().put("text", "now by night");

        HttpResponse<String> response = send(submission(payload.toString()).build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains("thoughtSignature");
    }

    @Test
    void inlinePictureOfATurnComesBackAsAnAddress() throws IOException {
        JsonNode request = answer(submission("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"a hat\"},"
                + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + DOT + "\"}}]}]}"));
        emulator.clock().advance(QUEUE);

        JsonNode turns = get(request).at("/outcome/next_turn_contents");

        assertThat(picture(turns.at("/0/parts/1/fileData/fileUri").asText()).getWidth())
                .isEqualTo(1);
        assertThat(emulator.requests().get(0).pictures()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "jpeg"})
    void uploadedPictureIsAReference(String type) throws IOException {
        byte[] plain = bytes(url(drawn("")));
        JsonNode upload = answer(post("/upload-url", "{\"file_type\":\"" + type + "\"}"));

        HttpResponse<String> put = send(HttpRequest.newBuilder(
                        URI.create(upload.path("upload_url").asText()))
                .header("Content-Type", "image/" + type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Base64.getDecoder().decode(DOT)))
                .build());

        assertThat(put.statusCode()).isEqualTo(200);
        String address = upload.path("public_url").asText();
        assertThat(picture(address).getWidth()).isEqualTo(1);
        assertThat(bytes(url(drawn(",\"image\":\"" + address + "\"")))).isNotEqualTo(plain);
    }

    private static byte[] bytes(String url) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void uploadOfAnotherTypeIsRefused() throws IOException {
        JsonNode upload = answer(post("/upload-url", "{\"file_type\":\"jpg\"}"));

        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(upload.path("upload_url").asText()))
                .header("Content-Type", "image/jpeg")
                .PUT(HttpRequest.BodyPublishers.ofString("x"));
        assertThat(send(put.build()).body()).contains("SignatureDoesNotMatch");
        emulator.clock().advance(Duration.ofSeconds(900));
        assertThat(send(put.build()).body()).contains("ExpiredToken");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("{\"payload\":{\"prompt\":\"a\"}}", 400, "model is required"),
                arguments("{\"model\":\"x\",\"payload\":{\"prompt\":\"a\"}}", 404, "model x does not exist"),
                arguments("{\"model\":\"" + MODEL + "\",\"payload\":{}}", 400, "payload is required"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"payload\":{\"image_size\":\"1K\"}}",
                        400,
                        "prompt is required when contents is not provided"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"payload\":{\"prompt\":\"a\",\"image_size\":\"8K\"}}",
                        400,
                        "image_size: must be one of 512, 1K, 2K, 4K"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"payload\":{\"prompt\":\"a\",\"aspect_ratio\":\"8:1\"}}",
                        400,
                        "aspect_ratio: must be one of 1:1, 3:2, 2:3, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"payload\":{\"prompt\":\"a\",\"n\":2}}",
                        400,
                        "unknown parameters [n], supported are [aspect_ratio, contents, image, image_output_format,"
                                + " image_size, prompt]"),
                arguments(
                        "{\"model\":\"" + MODEL + "\",\"payload\":{\"prompt\":\"a\",\"image\":[\"" + DOT + "\"]}}",
                        400,
                        "image: must be a URL or a list of URLs"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreRefused(String body, int status, String error) throws IOException {
        HttpResponse<String> response = send(post("/requests", body).build());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).toString())
                .isEqualTo(Http.JSON.createObjectNode().put("error", error).toString());
        assertThat(emulator.jobs()).isEmpty();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(Fault.rateLimited(Duration.ofSeconds(3)), 429, "Rate limit exceeded"),
                arguments(Fault.creditsDepleted(), 402, "Insufficient credits"),
                arguments(Fault.invalidKey(), 401, "Invalid API key"),
                arguments(Fault.modelNotFound(), 404, "model " + MODEL + " does not exist"),
                arguments(Fault.overloaded(), 503, "Upstream capacity temporarily exhausted"),
                arguments(Fault.internal(), 500, "Internal server error"),
                arguments(Fault.promptBlocked("PROHIBITED_CONTENT"), 400, "The request was blocked"),
                arguments(Fault.status(418, "TEAPOT", "short and stout"), 418, "short and stout"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void faultsAreInItsOwnForm(Fault fault, int status, String error) throws IOException {
        emulator.next(fault);

        HttpResponse<String> response = send(submission("{\"prompt\":\"a\"}").build());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").asText()).startsWith(error);
    }

    @Test
    void wrongKeyIsRefused() throws IOException {
        assertThat(send(request("/models")
                                .setHeader("Authorization", "Bearer x")
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void creditsAreSetAsideAtSubmissionAndComeBackFromWhatFails() throws IOException {
        emulator.next(Fault.jobFails("upstream said no"));
        submitted("");
        submitted("");
        assertThat(send(submission("{\"prompt\":\"a\"}").build()).statusCode()).isEqualTo(402);

        emulator.clock().advance(QUEUE);

        assertThat(send(submission("{\"prompt\":\"a\"}").build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"false, /error", "true, /outcome/error"})
    void failedRequestIsAStatus(boolean inOutcome, String where) throws IOException {
        if (inOutcome) {
            emulator.usually(EmulatedService.GMI, Fault.errorInOutcome());
        }
        emulator.next(Fault.jobFails("upstream said no"));

        JsonNode failed = drawn("");

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.at(where).asText()).isEqualTo("upstream said no");
        assertThat(emulator.jobs().get(0).paid()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void blockingSubmissionSaysSuccessWithoutAnOutcome() throws IOException {
        emulator.next(Fault.blockingSubmit(), Fault.takes(Duration.ofMillis(50)));

        JsonNode request = submitted("");

        assertThat(request.path("status").asText()).isEqualTo("success");
        assertThat(request.has("outcome")).isFalse();
        assertThat(picture(url(get(request))).getWidth()).isEqualTo(1024);
    }

    @Test
    void pictureCanBeInline() throws IOException {
        emulator.usually(EmulatedService.GMI, Fault.inlineData());

        JsonNode part = drawn("").at("/outcome/candidates/0/content/parts/0/inlineData");

        assertThat(part.path("mimeType").asText()).isEqualTo("image/png");
        byte[] bytes = Base64.getDecoder().decode(part.path("data").asText());
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests", "data", "items"})
    void listIsInAField(String field) throws IOException {
        emulator.usually(EmulatedService.GMI, Fault.listIn(field));
        JsonNode request = submitted("");

        JsonNode list = answer(request("/requests?model_id=" + MODEL));

        assertThat(list.at("/" + field + "/0/request_id")).isEqualTo(request.path("request_id"));
        assertThat(answer(request("/requests?model_id=other")).path(field)).isEmpty();
    }

    @Test
    void listCanBeBare() throws IOException {
        emulator.usually(EmulatedService.GMI, Fault.listIn(null));
        submitted("");

        assertThat(answer(request("/requests")).isArray()).isTrue();
    }

    @Test
    void requestIsCancelled() throws IOException {
        JsonNode request = submitted("");
        String path = "/requests/" + request.path("request_id").asText();

        assertThat(answer(request(path).DELETE()).path("status").asText()).isEqualTo("cancelled");
        emulator.clock().advance(QUEUE);

        assertThat(get(request).path("status").asText()).isEqualTo("cancelled");
        assertThat(send(request(path).DELETE().build()).statusCode()).isEqualTo(400);
    }

    @Test
    void cancelMayBeUnknown() throws IOException {
        emulator.usually(EmulatedService.GMI, Fault.noCancel());
        JsonNode request = submitted("");

        assertThat(send(request("/requests/" + request.path("request_id").asText())
                                .DELETE()
                                .build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(get(request).path("status").asText()).isEqualTo("queued");
    }

    @Test
    void lostAnswerLeavesARequest() throws IOException {
        emulator.next(Fault.answerLost());

        assertThatThrownBy(() -> submitted("")).isInstanceOf(IOException.class);

        assertThat(answer(request("/requests")).path("requests")).hasSize(1);
    }

    @Test
    void modelsAreListedAndDescribed() throws IOException {
        assertThat(answer(request("/models")).toString()).isEqualTo("{\"model_ids\":[\"" + MODEL + "\"]}");
        JsonNode model = answer(request("/models/" + MODEL));
        assertThat(model.path("model").asText()).isEqualTo(MODEL);
        assertThat(model.at("/parameters/0/name").asText()).isEqualTo("prompt");
        emulator.endModel(EmulatedService.GMI, MODEL, 0);
        assertThat(answer(request("/models")).path("model_ids")).isEmpty();
        assertThat(send(request("/models/" + MODEL).build()).statusCode()).isEqualTo(404);
    }

    @Test
    void requestOfNobodyIsNotFound() throws IOException {
        assertThat(send(request("/requests/none").build()).statusCode()).isEqualTo(404);
    }
}
