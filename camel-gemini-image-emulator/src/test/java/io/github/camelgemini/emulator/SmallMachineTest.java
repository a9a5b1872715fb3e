package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.picture;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.request;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator where there is little memory and no font; each in a JVM of its own. */
class SmallMachineTest {

    private static void script(OwnJvm emulator, String faults) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator/faults"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"faults\":" + faults + "}"))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void pictureOfAGigabyteIsServedFrom32Megabytes() throws IOException {
        long size = 1L << 30;
        try (OwnJvm emulator = OwnJvm.start("-Xmx32m")) {
            script(emulator, "[{\"kind\":\"pictureBytes\",\"n\":" + size + "}]");

            HttpResponse<InputStream> response =
                    send(generate(emulator.baseUrl(), MODEL, prompt("big")), HttpResponse.BodyHandlers.ofInputStream());

            assertThat(response.body().transferTo(OutputStream.nullOutputStream()))
                    .isGreaterThan(size / 3 * 4);
        }
    }

    @Test
    void fourteenReferencesOfSevenMegabytesFitInto48Megabytes(@TempDir Path temporary) throws IOException {
        try (OwnJvm emulator = OwnJvm.start("-Xmx48m", "-Djava.io.tmpdir=" + temporary)) {
            byte[] group = "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            List<InputStream> body = new ArrayList<>();
            body.add(text("{\"contents\":[{\"parts\":[{\"text\":\"join\"}"));
            for (int i = 0; i < 14; i++) {
                body.add(text(",{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""));
                IntStream.range(0, 9).forEach(n -> body.add(new ByteArrayInputStream(group)));
                body.add(text("\"}}"));
            }
            body.add(text("]}]}"));
            HttpRequest request = request(emulator.baseUrl() + "/v1beta/models/" + MODEL + ":generateContent")
                    .timeout(Duration.ofMinutes(1))
                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                            () -> new SequenceInputStream(Collections.enumeration(body))))
                    .build();

            HttpResponse<String> response = send(request);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(json(response)
                            .at("/usageMetadata/promptTokensDetails/1/tokenCount")
                            .asInt())
                    .isEqualTo(14 * 258);
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("gemini-emulator")))
                        .as("temporary files that were left behind")
                        .isEmpty();
            }
        }
    }

    @Test
    void batchOf20000ResultsOfSixtyKilobytesIsServedFrom64Megabytes() throws IOException {
        int size = 20_000;
        try (OwnJvm emulator = OwnJvm.start("-Xmx64m")) {
            String batch = batchOfTinyPictures(emulator, size);
            HttpRequest turn = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator/clock"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"advance\": \"3600s\"}"))
                    .build();
            assertThat(send(turn).statusCode()).isEqualTo(200);
            String results = json(send(
                            request(emulator.baseUrl() + "/v1beta/" + batch).build()))
                    .at("/metadata/output/responsesFile")
                    .asText();

            HttpResponse<InputStream> response = send(
                    request(emulator.baseUrl() + "/v1beta/" + results + ":download?alt=media")
                            .timeout(Duration.ofMinutes(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());

            int lines = 0;
            long bytes = 0;
            byte[] buffer = new byte[1 << 16];
            for (int read = response.body().read(buffer);
                    read >= 0;
                    read = response.body().read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
            assertThat(lines).isEqualTo(size);
            assertThat(bytes).isGreaterThan(1_200_000_000);
        }
    }

    /** Each picture has few pixels and 45,000 bytes, 60,000 as Base64. */
    private static String batchOfTinyPictures(OwnJvm emulator, int size) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= size; i++) {
            lines.append("{\"key\":\"k")
                    .append(i)
                    .append("\",\"request\":")
                    .append(prompt("cat " + i))
                    .append("}\n");
        }
        HttpRequest start = request(emulator.baseUrl() + "/upload/v1beta/files")
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .POST(HttpRequest.BodyPublishers.ofString("{\"file\":{\"mimeType\":\"application/jsonl\"}}"))
                .build();
        String upload = send(start).headers().firstValue("X-Goog-Upload-URL").orElseThrow();
        HttpRequest finish = request(upload)
                .header("X-Goog-Upload-Command", "upload, finalize")
                .header("X-Goog-Upload-Offset", "0")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                .build();
        String file = json(send(finish)).at("/file/name").asText();
        HttpRequest faults = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator/faults"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"times\":1,\"faults\":[{\"kind\":\"pixels\",\"width\":16,"
                        + "\"height\":16},{\"kind\":\"pictureBytes\",\"n\":45000}]}"))
                .build();
        assertThat(send(faults).statusCode()).isEqualTo(200);
        HttpResponse<String> created = send(Http.post(
                        emulator.baseUrl() + "/v1beta/models/" + MODEL + ":batchGenerateContent",
                        "{\"batch\":{\"inputConfig\":{\"fileName\":\"" + file + "\"}}}")
                .build());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        return json(created).path("name").asText();
    }

    @Test
    void requestsAreForgottenBeforeTheyFillTheHeap() throws IOException {
        try (OwnJvm emulator = OwnJvm.start("-Xmx96m")) {
            String prompt = prompt("x".repeat(2 << 20));
            for (int i = 0; i < 40; i++) {
                HttpRequest request = Http.post(emulator.baseUrl() + "/v1beta/models/" + MODEL + ":countTokens", prompt)
                        .build();
                assertThat(send(request).statusCode()).isLessThan(500);
            }

            HttpRequest requests = HttpRequest.newBuilder(URI.create(emulator.baseUrl() + "/emulator/requests"))
                    .build();
            assertThat(json(send(requests))).hasSizeBetween(1, 5);
            assertThat(emulator.isAlive()).isTrue();
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void sixteenDifferentPicturesOf4KAtOnceFitInto256Megabytes() throws IOException {
        String config = "{\"imageConfig\":{\"aspectRatio\":\"16:9\",\"imageSize\":\"4K\"}}";
        try (OwnJvm emulator = OwnJvm.start("-Xmx256m")) {
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 16)
                    .mapToObj(i -> Http.client()
                            .sendAsync(
                                    generate(emulator.baseUrl(), MODEL, prompt("picture " + i, config)),
                                    HttpResponse.BodyHandlers.ofString()))
                    .toList();

            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
            assertThat(picture(json(calls.get(15).join())).getWidth()).isEqualTo(5504);
        }
    }

    @Test
    void drawingNeverLooksForAFont() throws IOException {
        try (OwnJvm emulator = OwnJvm.start("-Xlog:class+load:stderr")) {
            JsonNode answer = json(send(generate(emulator.baseUrl(), MODEL, prompt("no font is needed"))));
            JsonNode png = json(send(generate(emulator.baseUrl(), "gemini-2.5-flash-image", prompt("nor here"))));

            assertThat(picture(answer).getWidth()).isEqualTo(1024);
            assertThat(picture(png).getWidth()).isEqualTo(1024);
            assertThat(emulator.errors())
                    .contains("java.awt.geom.Path2D")
                    .doesNotContain("sun.font.SunFontManager")
                    .doesNotContain("FontConfiguration")
                    .doesNotContain("sun.font.FontManagerFactory")
                    .doesNotContain("sun.font.FontManagerNativeLibrary");
        }
    }
}
