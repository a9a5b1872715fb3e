package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.test.AvailablePortFinder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and programs send over HTTP, as {@code platform-http} brings it. */
class UploadTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private static final int PORT = AvailablePortFinder.getNextAvailable();
    private static final Main MAIN = new Main();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() {
        MAIN.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        MAIN.addInitialProperty("camel.component.gemini-image.apiKey", "test-key");
        MAIN.addInitialProperty("camel.server.enabled", "true");
        MAIN.addInitialProperty("camel.server.port", String.valueOf(PORT));
        MAIN.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/edit").to("gemini-image:edit?prompt=brighter");
                from("platform-http:/draw").to("gemini-image:generate?prompt=a cat");
            }
        });
        MAIN.start();
    }

    @AfterAll
    static void stop() {
        MAIN.stop();
    }

    private static HttpResponse<byte[]> send(String path, HttpRequest.Builder request) throws Exception {
        return HTTP.send(
                request.uri(URI.create("http://localhost:" + PORT + path)).build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder form(byte[]... pictures) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < pictures.length; i++) {
            body.write(("--limit\r\nContent-Disposition: form-data; name=\"file" + i + "\"; filename=\"photo" + i
                            + ".png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.write(pictures[i]);
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write("--limit--\r\n".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder()
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private static List<String> sent() {
        assertThat(EMULATOR.requests()).hasSize(1);
        ReceivedRequest request = EMULATOR.requests().get(0);
        return request.pictures().stream()
                .map(picture -> picture.mimeType() + " " + picture.width() + "x" + picture.height())
                .toList();
    }

    @Test
    void fileOfAFormIsSentOnce() throws Exception {
        HttpResponse<byte[]> response = send("/edit", form(PNG));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(Pictures.describe(response.body())).startsWith("image/jpeg");
        assertThat(sent()).containsExactly("image/png 30x20");
    }

    @Test
    void filesOfAFormAreAllSent() throws Exception {
        assertThat(send("/edit", form(PNG, Pictures.draw("jpg", 40, 30))).statusCode())
                .isEqualTo(200);

        assertThat(sent()).containsExactlyInAnyOrder("image/png 30x20", "image/jpeg 40x30");
    }

    @Test
    void answerHasTheLengthOfThePictureAndNotOfTheUpload() throws Exception {
        HttpResponse<byte[]> response = send(
                "/edit",
                HttpRequest.newBuilder()
                        .header("Content-Type", "image/png")
                        .header("Content-Disposition", "attachment; filename=\"photo.png\"; size=" + PNG.length)
                        .POST(BodyPublishers.ofByteArray(PNG)));

        assertThat(Pictures.describe(response.body())).startsWith("image/jpeg");
        assertThat(sent()).containsExactly("image/png 30x20");
    }

    @Test
    void requestByGetIsDrawnFromItsPrompt() throws Exception {
        assertThat(send("/draw", HttpRequest.newBuilder().GET()).statusCode()).isEqualTo(200);

        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/octet-stream"})
    void emptyUploadIsNotDrawn(String type) throws Exception {
        HttpRequest.Builder empty =
                HttpRequest.newBuilder().header("Content-Type", type).POST(BodyPublishers.ofByteArray(new byte[0]));

        assertThat(send("/draw", empty).statusCode()).isEqualTo(500);
        assertThat(EMULATOR.requests()).isEmpty();
    }

    @Test
    void emptyFileOfAFormIsNotDrawn() throws Exception {
        assertThat(send("/draw", form(new byte[0])).statusCode()).isEqualTo(500);
        assertThat(EMULATOR.requests()).isEmpty();
    }
}
