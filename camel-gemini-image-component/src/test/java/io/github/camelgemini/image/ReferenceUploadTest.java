package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.ModelCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference pictures that go through the Files API, because they are too large for a request or the route says so. */
@Timeout(60)
class ReferenceUploadTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);
    private static final byte[] JPEG = Pictures.draw("jpg", 40, 30);
    private static final String FILES = "gemini-image:edit?prompt=brighter&referenceUpload=files";
    private static final String AUTO = "gemini-image:edit?prompt=brighter";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    private void edit(String uri, Object body) {
        assertThat(routes.send(uri, body).getException()).isNull();
    }

    private List<ReceivedRequest> received(String operation) {
        return routes.emulator().requests().stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    private ReceivedRequest generated() {
        List<ReceivedRequest> all = received("generateContent");
        return all.get(all.size() - 1);
    }

    /** The parts after the prompt: {@code file} or {@code inline}, and the type. */
    private static List<String> parts(ReceivedRequest request) {
        return Stream.iterate(1, i -> i + 1)
                .map(i -> request.body().at("/contents/0/parts/" + i))
                .takeWhile(part -> !part.isMissingNode())
                .map(part -> part.has("fileData")
                        ? "file " + part.at("/fileData/mimeType").asText()
                        : "inline " + part.at("/inlineData/mimeType").asText())
                .toList();
    }

    private void limit(int bytesPerRequest) throws IOException {
        String limits = "{\"models\":{\"gemini-3.1-flash-image\":{\"at\":{\"developer\":{\"input\":{\"inline\":{"
                + "\"bytesPerRequest\":" + bytesPerRequest + "}}}}}}}";
        routes.component().stop();
        routes.component()
                .setModelCatalog(ModelCatalog.standard()
                        .with(new ByteArrayInputStream(limits.getBytes(StandardCharsets.UTF_8))));
        routes.component().start();
    }

    @Test
    void filesUploadsAllInTheirOrder() {
        edit(FILES, List.of(PNG, JPEG));

        assertThat(parts(generated())).containsExactly("file image/png", "file image/jpeg");
        assertThat(received("files.create")).hasSize(2).allSatisfy(request -> assertThat(request.apiKey())
                .contains(EmulatedRoutes.KEY));
        assertThat(received("files.upload").stream()
                        .map(upload -> upload.pictures().get(0).length()))
                .containsExactlyInAnyOrder((long) PNG.length, (long) JPEG.length);
    }

    @Test
    void smallPicturesGoInsideTheRequest() {
        edit(AUTO, List.of(PNG, JPEG));

        assertThat(parts(generated())).containsExactly("inline image/png", "inline image/jpeg");
        assertThat(routes.emulator().requests()).hasSize(1);
    }

    @Test
    void autoUploadsTheLargestUntilTheOthersFit() throws IOException {
        limit(40_000);

        edit(AUTO, List.of(Arrays.copyOf(PNG, 10_000), Arrays.copyOf(JPEG, 30_000), Arrays.copyOf(PNG, 15_000)));

        assertThat(parts(generated())).containsExactly("inline image/png", "file image/jpeg", "inline image/png");
    }

    @Test
    void autoUploadsWhatTheLimitOfTheCatalogForbids() throws IOException {
        Path large = folder.resolve("large.jpg");
        Files.write(large, JPEG);
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(80_000_000);
        }

        edit(AUTO, large);

        assertThat(parts(generated())).containsExactly("file image/jpeg");
        assertThat(received("files.upload").get(0).pictures().get(0).length()).isEqualTo(80_000_000);
    }

    /** Where Google's own uploader fails. */
    @ParameterizedTest
    @ValueSource(ints = {8 << 20, 16 << 20, (8 << 20) - 1, (8 << 20) + 1})
    void sizesAroundMultiplesOfEightMebibytes(int size) {
        edit(FILES, new ByteArrayInputStream(Arrays.copyOf(PNG, size)));

        assertThat(received("files.upload").get(0).pictures().get(0).length()).isEqualTo(size);
        assertThat(parts(generated())).containsExactly("file image/png");
    }

    @Test
    void sameContentIsUploadedOnce() {
        edit(FILES, PNG);
        edit(FILES, new ByteArrayInputStream(PNG));
        edit(FILES, List.of(PNG, JPEG, PNG.clone()));

        assertThat(received("files.upload")).hasSize(2);
        assertThat(received("generateContent")).hasSize(3);
    }

    @Test
    void callsAtTheSameTimeShareAnUpload() {
        routes.emulator()
                .on(RequestMatcher.operation("files.upload"))
                .answer(Fault.delay(Duration.ofMillis(300)))
                .times(1);

        List<CompletableFuture<Exchange>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> routes.send(FILES + "&numImages=2", PNG)))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join().getException()).isNull());
        assertThat(received("files.upload")).hasSize(1);
        assertThat(received("generateContent")).hasSize(16);
    }

    /** Those that Java cannot count with, in the first year and the last; and one in which nobody would upload again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "+9999999999-01-01T00:00:00Z",
                "0000-00-00T00:00:00Z",
                "soon"
            })
    void timeOfExpiryOutOfRangeBreaksNoMessage(String time) {
        routes.upload("files/odd-1", PNG);
        routes.emulator()
                .on(RequestMatcher.operation("files.upload"))
                .answer(
                        Fault.rawBody(
                                200,
                                "application/json",
                                "{\"file\":{\"name\":\"files/odd-1\",\"mimeType\":\"image/png\",\"state\":\"ACTIVE\",\"uri\":\""
                                        + routes.emulator().baseUrl() + "/v1beta/files/odd-1\",\"expirationTime\":\""
                                        + time
                                        + "\"}}"),
                        Fault.header("X-Goog-Upload-Status", "final"));

        for (int message = 0; message < 3; message++) {
            edit(FILES, PNG);
        }
    }

    @Test
    void expiredFileIsUploadedAgain() {
        try (GeminiEmulator shortLived =
                GeminiEmulator.builder().fileLifetime(Duration.ofMinutes(10)).start()) {
            // Too short to be trusted with a second call.
            String uri = FILES + "&baseUrl=" + shortLived.baseUrl();

            edit(uri, PNG);
            edit(uri, PNG);

            assertThat(shortLived.requests().stream()
                            .filter(request -> request.operation().equals("files.upload")))
                    .hasSize(2);
        }
    }

    @Test
    void fileThatSomebodyDeletedIsUploadedAgain() {
        edit(FILES, PNG);
        routes.emulator().clearFiles();

        Exchange exchange = routes.send(FILES, PNG);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
        assertThat(received("files.upload")).hasSize(2);
    }

    @Test
    void fileNamedByTheMessageThatIsGoneIsNotTriedAgain() {
        ReferenceImageException failure = routes.failure(
                AUTO, null, Map.of(GeminiImageHeaders.REFERENCE_IMAGES, "files/gone"), ReferenceImageException.class);

        assertThat(failure).hasMessageContaining("do not have permission to access the File gone or it may not exist");
        assertThat(failure.getAttempts()).isEqualTo(1);
    }

    @Test
    void fileNamedByTheMessageThatIsNotReadyIsNoMatterOfCredentials() {
        routes.emulator()
                .on(RequestMatcher.operation("files.upload"))
                .answer(Fault.fileProcessing(Duration.ofHours(1)));
        routes.upload("files/slow", PNG);

        assertThat(routes.failure(
                        AUTO,
                        null,
                        Map.of(GeminiImageHeaders.REFERENCE_IMAGES, "files/slow"),
                        ReferenceImageException.class))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("The File slow is not in an ACTIVE state");
    }

    @Test
    void waitsForAFileThatIsProcessed() {
        routes.emulator()
                .on(RequestMatcher.operation("files.upload"))
                .answer(Fault.fileProcessing(Duration.ofMillis(700)));

        edit(FILES, PNG);

        assertThat(received("files.get")).hasSizeBetween(1, 3);
        assertThat(received("generateContent")).hasSize(1);
    }

    @Test
    void fileThatCannotBeUsedIsAnError() {
        routes.emulator().on(RequestMatcher.operation("files.upload")).answer(Fault.fileFailed());

        assertThat(routes.failure(FILES, PNG, Map.of(), ReferenceImageException.class))
                .hasMessageContaining("its state is FAILED");
        assertThat(received("generateContent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.create", "files.upload"})
    void overloadIsTriedAgain(String operation) {
        routes.emulator()
                .on(RequestMatcher.operation(operation))
                .answer(Fault.overloaded())
                .times(1);

        Exchange exchange = routes.send(FILES, PNG);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files.create", "files.upload"})
    void brokenConnectionIsTriedAgain(String operation) {
        routes.emulator()
                .on(RequestMatcher.operation(operation))
                .answer(Fault.resetBeforeHeaders())
                .times(1);

        edit(FILES, PNG);

        assertThat(received("generateContent")).hasSize(1);
    }

    @Test
    void retriesOfTheCallDoNotUploadAgain() {
        routes.emulator()
                .on(RequestMatcher.operation("generateContent"))
                .answer(Fault.overloaded())
                .times(2);

        edit(FILES, PNG);

        assertThat(received("generateContent")).hasSize(3);
        assertThat(received("files.upload")).hasSize(1);
    }

    @Test
    void uploadThatKeepsFailingTellsSo() {
        routes.emulator().on(RequestMatcher.operation("files.create")).answer(Fault.overloaded());

        ServiceUnavailableException failure = routes.failure(FILES, PNG, Map.of(), ServiceUnavailableException.class);

        assertThat(failure)
                .hasMessageContaining("HTTP 503 UNAVAILABLE to the upload of a reference image")
                .hasMessageNotContaining(EmulatedRoutes.KEY);
        assertThat(failure.getAttempts()).isEqualTo(3);
    }

    @Test
    void serverWithoutFilesApiIsToldSo() {
        routes.emulator().on(RequestMatcher.operation("files.create")).answer(Fault.html(404));

        assertThat(routes.failure(FILES, PNG, Map.of(), InvalidRequestException.class))
                .hasMessageContaining("HTTP 404")
                .hasMessageContaining("For a server without the Files API set referenceUpload=INLINE");
    }

    @Test
    void serverThatAnswersAnythingIsToldSo() {
        routes.emulator().on(RequestMatcher.operation("files.create")).answer(Fault.rawBody(200, "text/html", "Hi"));

        assertThat(routes.failure(FILES, PNG, Map.of(), MalformedResponseException.class))
                .hasMessageContaining("was answered without X-Goog-Upload-URL");
    }

    @Test
    void timeLimitEndsAnUploadAndTheNextOneBeginsAnew() {
        routes.emulator()
                .on(RequestMatcher.operation("files.upload"))
                .answer(Fault.stallBeforeHeaders())
                .times(1);

        routes.failure(FILES + "&requestTimeout=500", PNG, Map.of(), RequestTimeoutException.class);
        edit(FILES, PNG);

        assertThat(received("files.upload")).hasSize(2);
    }

    @Test
    void keyGoesWhereTheEndpointSays() {
        edit(FILES + "&apiKeyPlacement=QUERY&additionalHeader.X-Team=web", PNG);

        assertThat(routes.emulator().requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.queryParameter("key")).contains(EmulatedRoutes.KEY);
            assertThat(request.header("x-goog-api-key")).isEmpty();
            assertThat(request.header("X-Team")).contains("web");
        });
    }

    @Test
    void vertexAiHasNoFilesApi() {
        assertThatThrownBy(() -> routes.send(FILES + "&vertexAi=true", PNG))
                .hasRootCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("referenceUpload 'FILES'")
                .hasMessageContaining("gs://bucket/object");
    }

    @Test
    void clientOfTheUsersDoesNotUpload() {
        routes.component().getConfiguration().setBaseUrl(null);
        routes.component().getConfiguration().setApiKey(null);
        try (Client client = Client.builder()
                .apiKey("key-of-the-user")
                .httpOptions(HttpOptions.builder()
                        .baseUrl(routes.emulator().baseUrl())
                        .build())
                .build()) {
            routes.context().getRegistry().bind("mine", client);

            assertThatThrownBy(() -> routes.send(FILES + "&client=#mine", PNG))
                    .hasRootCauseInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("referenceUpload 'FILES' cannot be used with the option client");
        }
    }

    @Test
    void noHeaderChoosesTheWay() {
        Exchange exchange = routes.send(AUTO, PNG, Map.of("CamelGeminiImageReferenceUpload", "FILES"));

        assertThat(exchange.getException()).isNull();
        assertThat(received("files.create")).isEmpty();
    }
}
