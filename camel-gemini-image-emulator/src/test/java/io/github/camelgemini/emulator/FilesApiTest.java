package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.post;
import static io.github.camelgemini.emulator.Http.request;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of the Files API: how they come, what is told of them, and when they go. */
class FilesApiTest {

    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    /** Uploads a file of this name, at once. */
    static JsonNode upload(String baseUrl, String id, byte[] bytes) throws IOException {
        String url = start(baseUrl, "{\"file\":{\"name\":\"files/" + id + "\"}}", bytes.length)
                .headers()
                .firstValue("X-Goog-Upload-URL")
                .orElseThrow();
        return json(chunk(url, "upload, finalize", 0, bytes)).path("file");
    }

    private static HttpResponse<String> start(String baseUrl, String metadata, int length) throws IOException {
        return send(post(baseUrl + "/upload/v1beta/files", metadata)
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .header("X-Goog-Upload-Header-Content-Length", Integer.toString(length))
                .header("X-Goog-Upload-Header-Content-Type", "image/png")
                .build());
    }

    private static HttpResponse<String> chunk(String url, String command, long offset, byte[] bytes)
            throws IOException {
        return send(request(url)
                .header("X-Goog-Upload-Command", command)
                .header("X-Goog-Upload-Offset", Long.toString(offset))
                .POST(BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private static String begin(int length) throws IOException {
        return start(emulator.baseUrl(), "{}", length)
                .headers()
                .firstValue("X-Goog-Upload-URL")
                .orElseThrow();
    }

    private static HttpResponse<String> get(String path) throws IOException {
        return send(request(emulator.baseUrl() + path).GET().build());
    }

    private static String status(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("X-Goog-Upload-Status").orElse("none") + " "
                + response.headers().firstValue("X-Goog-Upload-Size-Received").orElse("none");
    }

    private static String message(HttpResponse<String> response) throws IOException {
        JsonNode error = json(response).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(response.statusCode());
        return response.statusCode() + " " + error.path("status").asText() + " "
                + error.path("message").asText();
    }

    @Test
    void fileIsDescribedAsTheApiDoes() throws Exception {
        JsonNode file = upload(emulator.baseUrl(), "abc-1", BYTES);

        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
        assertThat(file.path("name").asText()).isEqualTo("files/abc-1");
        assertThat(file.path("uri").asText()).isEqualTo(emulator.baseUrl() + "/v1beta/files/abc-1");
        assertThat(file.path("mimeType").asText()).isEqualTo("image/png");
        assertThat(file.path("sizeBytes").isTextual()).isTrue();
        assertThat(file.path("sizeBytes").asText()).isEqualTo("10");
        assertThat(new String(Base64.getDecoder().decode(file.path("sha256Hash").asText()), StandardCharsets.UTF_8))
                .isEqualTo(hex);
        assertThat(file.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(file.path("source").asText()).isEqualTo("UPLOADED");
        Instant created = Instant.parse(file.path("createTime").asText());
        assertThat(Instant.parse(file.path("expirationTime").asText())).isEqualTo(created.plus(Duration.ofHours(48)));
        assertThat(json(get("/v1beta/files/abc-1"))).isEqualTo(file);
    }

    @Test
    void uploadsGoOnWhereTheyStopped() throws IOException {
        String url = begin(10);

        assertThat(status(chunk(url, "upload", 0, "01234".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("active 5");
        assertThat(status(chunk(url, "query", 0, new byte[0]))).isEqualTo("active 5");
        assertThat(message(chunk(url, "upload", 0, BYTES))).contains("400 INVALID_ARGUMENT The offset 0 is not");
        HttpResponse<String> last = chunk(url, "upload, finalize", 5, "56789".getBytes(StandardCharsets.UTF_8));
        assertThat(status(last)).isEqualTo("final 10");
        assertThat(status(chunk(url, "query", 0, new byte[0]))).isEqualTo("final 10");
        assertThat(json(last).at("/file/sizeBytes").asText()).isEqualTo("10");
    }

    @Test
    void uploadsMustHaveTheAnnouncedLength() throws IOException {
        assertThat(message(chunk(begin(11), "upload, finalize", 0, BYTES))).contains("10 bytes, but 11 were announced");
        assertThat(get("/v1beta/files").body()).isEqualTo("{}");
    }

    @Test
    void wrongUploadsAreRefused() throws IOException {
        String url = emulator.baseUrl() + "/upload/v1beta/files";

        assertThat(message(send(post(url, "{}").build())))
                .contains("400")
                .contains("X-Goog-Upload-Protocol: resumable");
        assertThat(message(start(emulator.baseUrl(), "{\"file\":{\"name\":\"files/No_Name\"}}", 1)))
                .contains("400")
                .contains("lowercase alphanumeric");
        assertThat(message(chunk(url + "?upload_id=unknown", "upload", 0, BYTES)))
                .startsWith("404 NOT_FOUND");
        upload(emulator.baseUrl(), "there", BYTES);
        assertThat(message(start(emulator.baseUrl(), "{\"file\":{\"name\":\"files/there\"}}", 1)))
                .startsWith("409 ALREADY_EXISTS");
    }

    @Test
    void missingFileIsForbidden() throws IOException {
        String forbidden =
                "403 PERMISSION_DENIED You do not have permission to access the File nobody or it may not exist.";

        assertThat(message(get("/v1beta/files/nobody"))).isEqualTo(forbidden);
        assertThat(message(send(request(emulator.baseUrl() + "/v1beta/files/nobody")
                        .DELETE()
                        .build())))
                .isEqualTo(forbidden);
        assertThat(message(edit(emulator.baseUrl() + "/v1beta/files/nobody"))).isEqualTo(forbidden);
        assertThat(message(edit("files/nobody"))).isEqualTo(forbidden);
    }

    private static HttpResponse<String> edit(String uri) throws IOException {
        return send(Http.generate(
                emulator.baseUrl(),
                Http.MODEL,
                """
                {"contents":[{"parts":[{"text":"paint it"},{"fileData":{"fileUri":"%s","mimeType":"image/png"}}]}]}"""
                        .formatted(uri)));
    }

    @Test
    void keyIsNeededButNotForTheUploadsUrl() throws IOException {
        String url = begin(10);

        HttpResponse<String> without = send(HttpRequest.newBuilder(URI.create(url))
                .header("X-Goog-Upload-Command", "upload, finalize")
                .header("X-Goog-Upload-Offset", "0")
                .POST(BodyPublishers.ofByteArray(BYTES))
                .build());

        assertThat(status(without)).isEqualTo("final 10");
        assertThat(message(send(HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/v1beta/files"))
                        .build())))
                .startsWith("403 PERMISSION_DENIED");
    }

    @Test
    void filesAreListedLatestFirstOverSeveralPages() throws IOException {
        for (String id : new String[] {"one", "two", "three"}) {
            upload(emulator.baseUrl(), id, BYTES);
        }

        JsonNode first = json(get("/v1beta/files?pageSize=2"));
        JsonNode second = json(get("/v1beta/files?pageSize=2&pageToken="
                + first.path("nextPageToken").asText()));

        assertThat(first.at("/files/0/name").asText()).isEqualTo("files/three");
        assertThat(first.at("/files/1/name").asText()).isEqualTo("files/two");
        assertThat(second.at("/files/0/name").asText()).isEqualTo("files/one");
        assertThat(second.has("nextPageToken")).isFalse();
    }

    @Test
    void filesExpire() throws IOException {
        try (GeminiEmulator shortLived =
                GeminiEmulator.builder().fileLifetime(Duration.ZERO).start()) {
            upload(shortLived.baseUrl(), "brief", BYTES);

            assertThat(send(request(shortLived.baseUrl() + "/v1beta/files/brief")
                                    .build())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void pictureOfAFileIsDrawnLikeAnInlineOne() throws IOException {
        byte[] red = red();
        upload(emulator.baseUrl(), "red", red);
        String inline =
                """
                {"contents":[{"parts":[{"text":"paint it"},{"inlineData":{"data":"%s","mimeType":"image/png"}}]}]}"""
                        .formatted(Base64.getEncoder().encodeToString(red));

        byte[] byFile = Http.pictureBytes(json(edit("https://generativelanguage.googleapis.com/v1beta/files/red")));

        assertThat(byFile)
                .isEqualTo(Http.pictureBytes(json(send(Http.generate(emulator.baseUrl(), Http.MODEL, inline)))));
    }

    private static byte[] red() throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().setBackground(Color.RED);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    @Test
    void filesCanBeProcessedForAWhile() throws IOException {
        emulator.on(RequestMatcher.operation("files.upload")).answer(Fault.fileProcessing(Duration.ofHours(1)));

        assertThat(upload(emulator.baseUrl(), "slow", BYTES).path("state").asText())
                .isEqualTo("PROCESSING");
        assertThat(message(edit("files/slow")))
                .isEqualTo("400 FAILED_PRECONDITION The File slow is not in an ACTIVE state and usage is not allowed.");
    }

    @Test
    void filesCanFail() throws IOException {
        emulator.on(RequestMatcher.operation("files.upload")).answer(Fault.fileFailed());

        JsonNode file = upload(emulator.baseUrl(), "bad", BYTES);

        assertThat(file.path("state").asText()).isEqualTo("FAILED");
        assertThat(file.at("/error/code").asInt()).isEqualTo(3);
    }

    @Test
    void faultsOfOtherKindsHitUploadsToo() throws IOException {
        emulator.on(RequestMatcher.operation("files.create"))
                .answer(Fault.overloaded())
                .times(1);

        assertThat(start(emulator.baseUrl(), "{}", 10).statusCode()).isEqualTo(503);
        assertThat(start(emulator.baseUrl(), "{}", 10).statusCode()).isEqualTo(200);
    }

    @Test
    void vertexAiHasNoFiles() throws IOException {
        assertThat(get("/v1beta1/projects/p/locations/global/files").statusCode())
                .isEqualTo(404);
    }
}
