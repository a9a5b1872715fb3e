package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How bytes travel, and what is made, at the services beside Google: the faults are the same. */
class OtherServicesFaultsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    static HttpRequest.Builder call(String baseUrl, EmulatedService service) {
        String body =
                switch (service) {
                    case AIMLAPI -> "{\"model\":\"google/nano-banana-2\",\"prompt\":\"a fault\"}";
                    case INFERENCESH ->
                        "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{\"prompt\":\"a fault\"}}";
                    case GMI -> "{\"model\":\"gemini-3.1-flash-image-preview\",\"payload\":{\"prompt\":\"a fault\"}}";
                    default ->
                        "{\"contents\":[{\"parts\":[{\"text\":\"a fault\"}]}],"
                                + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]}}";
                };
        String path =
                switch (service) {
                    case AIMLAPI -> "/v1/images/generations";
                    case INFERENCESH -> "/apps/run";
                    case GMI -> "/requests";
                    default -> "/v1beta/models/gemini-3.1-flash-image:generateContent";
                };
        return HttpRequest.newBuilder(URI.create(baseUrl + service.path() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer key")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** A field that each answer of a service has. */
    private static String field(EmulatedService service) {
        return switch (service) {
            case AIMLAPI, INFERENCESH -> "data";
            case GMI -> "request_id";
            default -> "candidates";
        };
    }

    private static HttpRequest call(EmulatedService service) {
        return call(emulator.baseUrl(), service).build();
    }

    private static JsonNode answer(EmulatedService service) throws IOException {
        HttpResponse<String> response = send(call(service));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void resetIsAnIoException(EmulatedService service) {
        emulator.next(Fault.resetBeforeHeaders());

        assertThatThrownBy(() -> send(call(service))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void truncatedAnswerIsAnIoException(EmulatedService service) {
        emulator.next(Fault.truncate(100));

        assertThatThrownBy(() -> send(call(service))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void stallSaysNothing(EmulatedService service) {
        emulator.next(Fault.stallBeforeHeaders());

        assertThatThrownBy(() -> send(call(emulator.baseUrl(), service)
                        .timeout(Duration.ofMillis(200))
                        .build()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void trickledAnswerIsWhole(EmulatedService service) throws IOException {
        emulator.next(Fault.overloaded(), Fault.trickle(10, Duration.ofMillis(1)));

        HttpResponse<String> response = send(call(service));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void redirectionHtmlAndHeadersAreAsEverywhere(EmulatedService service) throws IOException {
        emulator.next(Fault.redirect("http://elsewhere.example/"));
        emulator.next(Fault.html(502), Fault.header("Retry-After", "5"));

        assertThat(send(call(service)).headers().firstValue("Location")).contains("http://elsewhere.example/");
        HttpResponse<String> page = send(call(service));
        assertThat(page.body()).startsWith("<html>");
        assertThat(page.headers().firstValue("Retry-After")).contains("5");
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void compressedAnswerIsTheSame(EmulatedService service) throws IOException {
        emulator.next(Fault.gzip());

        HttpResponse<byte[]> response = send(call(service), HttpResponse.BodyHandlers.ofByteArray());

        byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(Http.JSON.readTree(body).has(field(service))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void endlessAnswerBeginsAsItsOwnDo(EmulatedService service) throws IOException {
        emulator.next(Fault.endlessBody());

        HttpResponse<InputStream> response = send(call(service), HttpResponse.BodyHandlers.ofInputStream());

        try (InputStream body = response.body()) {
            assertThat(new String(body.readNBytes(20), StandardCharsets.US_ASCII))
                    .startsWith("{\"" + (service == EmulatedService.GMI ? "outcome" : field(service)) + "\":[");
            body.skipNBytes(10 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void deeplyNestedAnswerIsWhereItsOwnListIs(EmulatedService service) throws IOException {
        emulator.next(Fault.deeplyNested(500));

        JsonNode answer = answer(service);

        assertThat(answer.path(service == EmulatedService.GMI ? "outcome" : field(service)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI", "INFERENCESH", "GMI"})
    void faultIsAimedAtOneServiceOverHttp(EmulatedService service) throws IOException {
        HttpRequest script = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"faults\":[\"internal\"],\"service\":\"" + service.id() + "\"}"))
                .build();
        assertThat(send(script).statusCode()).isEqualTo(200);

        assertThat(send(call(service)).statusCode()).isEqualTo(500);
        EmulatedService other = service == EmulatedService.GMI ? EmulatedService.ANYFAST : EmulatedService.GMI;
        assertThat(send(call(other)).statusCode()).isEqualTo(200);
    }

    @Test
    void anyPictureOfAServiceCanBeAnotherSize() throws IOException {
        emulator.usually(EmulatedService.AIMLAPI, Fault.inlineData(), Fault.pixels(64, 32), Fault.pictures(3));

        JsonNode data = answer(EmulatedService.AIMLAPI).path("data");

        assertThat(data).hasSize(3);
        byte[] bytes = Base64.getDecoder().decode(data.at("/2/b64_json").asText());
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(64);
    }

    @Test
    void pictureAtAnAddressWeighsWhatARealOneDoes() throws IOException {
        String url = answer(EmulatedService.AIMLAPI).at("/data/0/url").asText();

        assertThat(send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .hasSizeBetween(1_400_000, 1_600_000);
    }

    @Test
    void pictureAtAnAddressFailsByItself() throws IOException {
        emulator.on(RequestMatcher.operation("pictures.get").and(RequestMatcher.service(EmulatedService.AIMLAPI)))
                .answer(Fault.status(403, "EXPIRED", "gone"));
        String url = answer(EmulatedService.AIMLAPI).at("/data/0/url").asText();

        assertThat(send(HttpRequest.newBuilder(URI.create(url)).build()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void pictureCanBeSomewhereElse() throws IOException {
        emulator.next(Fault.fileData("http://elsewhere.example/a.png"));

        assertThat(answer(EmulatedService.AIMLAPI).at("/data/0/url").asText())
                .isEqualTo("http://elsewhere.example/a.png");
    }

    @Test
    void brokenBase64IsInB64Json() throws IOException {
        emulator.next(Fault.inlineData(), Fault.truncatedBase64(), Fault.wrongMimeType("image/webp"));

        JsonNode picture = answer(EmulatedService.AIMLAPI).at("/data/0");

        assertThat(picture.path("b64_json").asText().length() % 4).isEqualTo(1);
        assertThat(picture.path("mime_type").asText()).isEqualTo("image/webp");
    }

    @Test
    void answerOfAnyfastGoesOn() throws IOException {
        emulator.next(Fault.continuation(1, 2));

        JsonNode first = answer(EmulatedService.ANYFAST);

        assertThat(first.at("/candidates/0/finishReason").asText()).isEqualTo("CONTINUATION");
    }

    @ParameterizedTest
    @EnumSource(names = {"ANYFAST", "AIMLAPI"})
    void pictureOfAGigabyteIsServedFrom48Megabytes(EmulatedService service) throws IOException {
        long size = 1L << 30;
        try (OwnJvm small = OwnJvm.start("-Xmx48m")) {
            HttpRequest script = HttpRequest.newBuilder(URI.create(small.baseUrl() + "/emulator/habits"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"service\":\"" + service.id()
                            + "\",\"faults\":[\"inlineData\",{\"kind\":\"pictureBytes\",\"n\":" + size + "}]}"))
                    .build();
            assertThat(send(script).statusCode()).isEqualTo(200);

            HttpResponse<InputStream> response =
                    send(call(small.baseUrl(), service).build(), HttpResponse.BodyHandlers.ofInputStream());

            assertThat(response.body().transferTo(OutputStream.nullOutputStream()))
                    .isGreaterThan(size / 3 * 4);
        }
    }

    @Test
    void drawingsTakeTheirTimeEverywhere() throws IOException {
        Duration latency = Duration.ofMillis(300);
        try (GeminiEmulator slow = GeminiEmulator.builder().latency(latency).start()) {
            long start = System.nanoTime();
            send(call(slow.baseUrl(), EmulatedService.ANYFAST).build());
            send(call(slow.baseUrl(), EmulatedService.AIMLAPI).build());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(latency.multipliedBy(2));
        }
    }
}
