package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.backend.batch.ImageBatches.Mark;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.Turn;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google hears of batches, and what is made of its answers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoogleBatchesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "gemini-3.1-flash-image";
    private static final String CREATE = "POST /v1beta/models/" + MODEL + ":batchGenerateContent";
    private static final String PENDING =
            "{'name':'batches/b1','metadata':{'displayName':'n.0001','state':'BATCH_STATE_PENDING','batchStats':"
                    + "{'requestCount':'12'},'createTime':'2026-11-01T10:00:00.123Z'}}";

    @TempDir
    Path spool;

    private BatchServer server;
    private OpenedGoogle google;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        google = new OpenedGoogle(server.url(), spool);
    }

    @AfterEach
    void stop() throws IOException {
        google.close();
        server.close();
    }

    private static ImageRequest.Builder request(String prompt) {
        return ImageRequest.builder().set(Parameter.MODEL, MODEL).set(Parameter.PROMPT, prompt);
    }

    private JobDraft draft(int requests) throws IOException {
        JobDraft draft = google.batches().draft();
        for (int i = 0; i < requests; i++) {
            assertThat(draft.add("k" + i, request("cat " + i).build())).isTrue();
        }
        return draft;
    }

    @Test
    void requestsAreUploadedAsLinesWithAllThatWasAsked() throws Exception {
        server.page(CREATE, 200, PENDING);
        Job job;
        try (JobDraft draft = draft(11)) {
            draft.add(
                    "the \"last\"\n",
                    request("a fern")
                            .set(Parameter.ASPECT_RATIO, AspectRatio.parse("16:9"))
                            .set(Parameter.IMAGE_SIZE, ImageSize.parse("2K"))
                            .set(Parameter.SYSTEM_INSTRUCTION, "Draw in ink.")
                            .set(Parameter.GOOGLE_SEARCH, true)
                            .set(Parameter.SEED, 7)
                            .build());

            job = draft.submit("n.0001", URI.create("https://example.org/hook")).join();
        }

        assertThat(server.uploads()).hasSize(1);
        String[] lines = server.uploads().get(0).split("\n");
        assertThat(lines).hasSize(12);
        JsonNode line = JSON.readTree(lines[11]);
        assertThat(line.path("key").asText()).isEqualTo("the \"last\"\n");
        JsonNode request = line.path("request");
        assertThat(request.at("/contents/0/parts/0/text").asText()).isEqualTo("a fern");
        assertThat(request.at("/generationConfig/imageConfig/aspectRatio").asText())
                .isEqualTo("16:9");
        assertThat(request.at("/generationConfig/imageConfig/imageSize").asText())
                .isEqualTo("2K");
        assertThat(request.at("/generationConfig/seed").asInt()).isEqualTo(7);
        assertThat(request.at("/systemInstruction/parts/0/text").asText()).isEqualTo("Draw in ink.");
        assertThat(request.at("/tools/0").has("googleSearch")).isTrue();
        JsonNode created = JSON.readTree(
                server.asked("POST", ":batchGenerateContent").get(0).body());
        assertThat(created.at("/batch/displayName").asText()).isEqualTo("n.0001");
        assertThat(created.at("/batch/inputConfig/fileName").asText()).isEqualTo("files/u1");
        assertThat(created.at("/batch/webhookConfig/uris/0").asText()).isEqualTo("https://example.org/hook");
        assertThat(job)
                .isEqualTo(new Job(
                        "batches/b1",
                        "n.0001",
                        JobState.PENDING,
                        12,
                        0,
                        0,
                        -1,
                        Instant.parse("2026-11-01T10:00:00.123Z"),
                        null,
                        null));
    }

    @Test
    void fewRequestsGoWithoutAFile() throws Exception {
        server.page(CREATE, 200, PENDING);
        try (JobDraft draft = draft(2)) {
            draft.submit("n.0001", null).join();
        }

        assertThat(server.uploads()).isEmpty();
        JsonNode batch = JSON.readTree(
                        server.asked("POST", ":batchGenerateContent").get(0).body())
                .path("batch");
        assertThat(batch.has("webhookConfig")).isFalse();
        JsonNode requests = batch.at("/inputConfig/requests/requests");
        assertThat(requests).hasSize(2);
        assertThat(requests.at("/1/metadata/key").asText()).isEqualTo("k1");
        assertThat(requests.at("/1/request/contents/0/parts/0/text").asText()).isEqualTo("cat 1");
    }

    @Test
    void aRequestOfAnotherModelIsOfAnotherJob() throws Exception {
        try (JobDraft draft = draft(1)) {
            String before = draft.fingerprint();

            boolean added = draft.add(
                    "other",
                    ImageRequest.builder()
                            .set(Parameter.MODEL, "gemini-3-pro-image")
                            .set(Parameter.PROMPT, "a cat")
                            .build());

            assertThat(added).isFalse();
            assertThat(draft.fingerprint()).isEqualTo(before);
        }
    }

    @Test
    void severalPicturesOfOneRequestAreRefused() {
        ImageRequest request = request("a cat").set(Parameter.NUM_IMAGES, 2).build();

        assertThatThrownBy(() -> google.batches().check(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("numImages '2'");
    }

    @ParameterizedTest
    @CsvSource({"400, true", "429, true", "404, true", "503, false", "500, false", "499, false"})
    void uploadedFileIsDeletedWhenNoBatchIsMadeOfIt(int status, boolean deleted) throws Exception {
        server.page(CREATE, status, "{'error':{'code':%d,'message':'no'}}".formatted(status));
        try (JobDraft draft = draft(11)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join).isInstanceOf(CompletionException.class);
        }
        // Another call comes after whatever the draft has begun.
        if (deleted) {
            await().untilAsserted(() ->
                    assertThat(server.asked("DELETE", "/v1beta/files/u1")).hasSize(1));
        } else {
            assertThat(server.asked("DELETE", "/v1beta/files/u1")).isEmpty();
        }
    }

    private void failsWith(int... statuses) {
        AtomicInteger times = new AtomicInteger();
        server.page(CREATE, exchange -> {
            int status = statuses[times.getAndIncrement()];
            BatchServer.json(exchange, status, "{'error':{'code':%d,'message':'no'}}".formatted(status));
        });
    }

    @Test
    void theFileOfAnAttemptThatMayHaveMadeABatchIsKeptWhateverComesAfterIt() throws Exception {
        failsWith(503, 400, 400);
        try (JobDraft draft = draft(11)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join)
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(draft.submit("n.0001", null)::join).hasCauseInstanceOf(InvalidRequestException.class);
        }
        try (JobDraft another = draft(11)) {
            assertThatThrownBy(another.submit("n.0002", null)::join).hasCauseInstanceOf(InvalidRequestException.class);
        }

        await().untilAsserted(() ->
                assertThat(server.asked("DELETE", "/v1beta/files/u2")).hasSize(1));
        assertThat(server.asked("DELETE", "/v1beta/files/u1")).isEmpty();
    }

    @Test
    void aFileThatIsProcessedIsWaitedFor() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        server.uploadState("PROCESSING");
        server.page(
                "GET /v1/files/u1",
                exchange -> BatchServer.json(
                        exchange,
                        200,
                        "{'name':'files/u1','state':'%s'}"
                                .formatted(looks.incrementAndGet() == 1 ? "PROCESSING" : "ACTIVE")));
        server.page(CREATE, exchange -> BatchServer.json(exchange, looks.get() == 2 ? 200 : 400, PENDING));
        try (JobDraft draft = draft(11)) {
            assertThat(draft.submit("n.0001", null).join().id()).isEqualTo("batches/b1");
        }
    }

    @Test
    void aFileThatCannotBeUsedIsAnErrorAndNoBatch() throws Exception {
        server.uploadState("FAILED");
        try (JobDraft draft = draft(11)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join)
                    .cause()
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the upload of the requests of a batch: its state is FAILED");
        }

        await().untilAsserted(() ->
                assertThat(server.asked("DELETE", "/v1beta/files/u1")).hasSize(1));
        assertThat(server.asked("POST", ":batchGenerateContent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void everyLineHasTheShapeAndSizeThatItAskedFor(int requests) throws Exception {
        List<String> sizes = List.of("1K", "2K", "4K");
        server.page(CREATE, 200, PENDING);
        try (JobDraft draft = google.batches().draft()) {
            for (int i = 0; i < requests; i++) {
                draft.add(
                        "k" + i,
                        request("a cat")
                                .set(Parameter.ASPECT_RATIO, AspectRatio.parse("16:9"))
                                .set(Parameter.IMAGE_SIZE, ImageSize.parse(sizes.get(i % 3)))
                                .build());
            }
            draft.submit("n.0001", null).join();
        }

        List<JsonNode> lines = new ArrayList<>();
        if (server.uploads().isEmpty()) {
            JSON.readTree(server.asked("POST", ":batchGenerateContent").get(0).body())
                    .at("/batch/inputConfig/requests/requests")
                    .forEach(lines::add);
        } else {
            for (String line : server.uploads().get(0).split("\n")) {
                lines.add(JSON.readTree(line));
            }
        }
        assertThat(lines).hasSize(requests);
        for (int i = 0; i < requests; i++) {
            assertThat(lines.get(i).at("/request/generationConfig/imageConfig"))
                    .isEqualTo(JSON.readTree(
                            "{\"aspectRatio\":\"16:9\",\"imageSize\":\"%s\"}".formatted(sizes.get(i % 3))));
        }
    }

    @Test
    void thoughtSignaturesGoBackAsTheyCame() throws Exception {
        byte[] signature = {0, 1, 2, -1, 62, 63};
        server.page(CREATE, 200, PENDING);
        try (JobDraft draft = google.batches().draft()) {
            draft.add(
                    "k",
                    request("now by night")
                            .addTurn(new Turn(Turn.Role.USER, List.of(new Turn.Text("a cat"))))
                            .addTurn(new Turn(
                                    Turn.Role.MODEL,
                                    List.of(new Turn.Picture(picture(0), false, PayloadSource.of(signature)))))
                            .build());
            draft.submit("n.0001", null).join();
        }

        JsonNode sent = JSON.readTree(
                        server.asked("POST", ":batchGenerateContent").get(0).body())
                .at("/batch/inputConfig/requests/requests/0/request");
        assertThat(sent.at("/contents/1/parts/0/thoughtSignature").binaryValue())
                .isEqualTo(signature);
        assertThat(sent.at("/contents/2/parts/0/text").asText()).isEqualTo("now by night");
    }

    @Test
    void whatIsSubmittedAgainIsNotUploadedAgain() throws Exception {
        AtomicInteger times = new AtomicInteger();
        server.page(
                CREATE,
                exchange -> BatchServer.json(
                        exchange,
                        times.incrementAndGet() == 1 ? 429 : 200,
                        times.get() == 1 ? "{'error':{'code':429,'message':'slowly'}}" : PENDING));
        try (JobDraft draft = draft(11)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join).hasCauseInstanceOf(RateLimitException.class);

            assertThat(draft.submit("n.0001", null).join().id()).isEqualTo("batches/b1");
        }

        assertThat(server.uploads()).hasSize(1);
        assertThat(server.asked("DELETE", "/v1beta/files/u1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "", "not json", "{'metadata':{'state':'BATCH_STATE_PENDING'}}"})
    void anAnswerWithoutABatchIsNoBatch(String answer) throws Exception {
        server.page(CREATE, 200, answer);
        try (JobDraft draft = draft(1)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join)
                    .cause()
                    .isInstanceOfAny(MalformedResponseException.class, ServiceUnavailableException.class);
        }
    }

    @Test
    void anErrorUnderSuccessIsTheError() throws Exception {
        server.page(CREATE, 200, "{'error':{'code':8,'message':'slowly','status':'RESOURCE_EXHAUSTED'}}");
        try (JobDraft draft = draft(1)) {
            assertThatThrownBy(draft.submit("n.0001", null)::join).hasCauseInstanceOf(RateLimitException.class);
        }
    }

    private static ReferenceImage.Inline picture(int bytes) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        PayloadSource source = PayloadSource.of(Arrays.copyOf(png.toByteArray(), Math.max(png.size(), bytes)));
        return new ReferenceImage.Inline(source, ImageInfo.read(source).orElseThrow());
    }

    @Test
    void aLargeReferenceIsUploadedOnceAndASmallOneGoesAlong() throws Exception {
        server.page(CREATE, 200, PENDING);
        try (JobDraft draft = google.batches().draft()) {
            for (int i = 0; i < 3; i++) {
                draft.add(
                        "k" + i,
                        request("a cat")
                                .addReferenceImage(picture(200_000))
                                .addReferenceImage(picture(0))
                                .build());
            }
            draft.submit("n.0001", null).join();
        }

        assertThat(server.uploads()).hasSize(1);
        JsonNode requests = JSON.readTree(
                        server.asked("POST", ":batchGenerateContent").get(0).body())
                .at("/batch/inputConfig/requests/requests");
        for (JsonNode each : requests) {
            assertThat(each.findValuesAsText("fileUri")).containsExactly(server.url() + "/v1beta/files/u1");
            assertThat(each.findValues("inlineData")).hasSize(1);
        }
    }

    @Test
    void referencesGoInsideWhereTheRouteSaysSo() throws Exception {
        try (OpenedGoogle inline =
                        new OpenedGoogle(server.url(), spool, Duration.ofSeconds(30), ReferenceUpload.INLINE);
                JobDraft draft = inline.batches().draft()) {
            draft.add("k", request("a cat").addReferenceImage(picture(200_000)).build());
        }

        assertThat(server.uploads()).isEmpty();
    }

    private static String operation(String id, String name, String time) {
        return ("{'name':'batches/%s','metadata':{'displayName':'%s','state':'BATCH_STATE_RUNNING',"
                        + "'createTime':'%s'}}")
                .formatted(id, name, time);
    }

    private void lists(String first, String second) {
        server.page("GET /v1beta/batches", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            BatchServer.json(exchange, 200, query.contains("pageToken=two") ? second : first);
        });
    }

    @Test
    void aBatchWhoseAnswerWasLostIsFoundByItsName() {
        lists(
                "{'operations':[" + operation("b9", "other", "2026-11-01T12:00:00Z") + "],'nextPageToken':'two'}",
                "{'operations':[" + operation("b8", "n.0001", "2026-11-01T10:00:00Z") + "]}");

        assertThat(google.batches()
                        .find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z")))
                        .join())
                .map(Job::id)
                .contains("batches/b8");
    }

    @Test
    void aBatchOfTheSameNameThatIsOlderOrOfAnotherPartIsNotTheLostOne() {
        lists(
                "{'operations':[" + operation("b9", "n.0001", "2026-11-01T10:30:00Z") + ","
                        + operation("b8", "n.0001", "2026-10-25T10:00:00Z") + "]}",
                "{}");

        assertThat(google.batches()
                        .find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z"), Set.of("batches/b9")))
                        .join())
                .isEmpty();
    }

    @Test
    void nothingIsLookedForBeforeItCanHaveBeenMade() {
        lists(
                "{'operations':[" + operation("b9", "other", "2026-10-01T12:00:00Z") + "],'nextPageToken':'two'}",
                "{'operations':[]}");

        assertThat(google.batches()
                        .find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z")))
                        .join())
                .isEmpty();
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aListWithTheOldestFirstIsReadToItsEnd() {
        lists(
                "{'operations':[" + operation("b1", "x", "2026-09-01T12:00:00Z") + ","
                        + operation("b2", "y", "2026-10-01T12:00:00Z") + "],'nextPageToken':'two'}",
                "{'operations':[" + operation("b8", "n.0001", "2026-11-01T10:00:00Z") + "]}");

        assertThat(google.batches()
                        .find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z")))
                        .join())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'operations':null}", "{'operations':[],'unreachable':[]}", "{'nextPageToken':''}"})
    void anEmptyListIsAPageWithoutJobs(String list) {
        server.page("GET /v1beta/batches", 200, list);

        assertThat(google.batches().list(null, 10).join().jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "'ok'", "0", "{'operations':{}}", "{'status':'ok'}"})
    void anAnswerThatIsNoListDoesNotProveThatNoBatchWasMade(String answer) {
        server.page("GET /v1beta/batches", 200, answer);

        assertThatThrownBy(google.batches().find(new Mark("n.0001", "", Instant.now()))::join)
                .cause()
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void aListWithoutEndDoesNotProveThatNoBatchWasMade() {
        String page = "{'operations':[" + operation("b9", "other", "2026-11-01T12:00:00Z") + "],'nextPageToken':'two'}";
        lists(page, page);

        assertThatThrownBy(google.batches().find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z")))::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("The list of Google does not end, so it is unknown")
                .hasMessageContaining("Check at the service what was submitted since 2026-11-01T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH_STATE_PENDING, PENDING",
        "JOB_STATE_QUEUED, PENDING",
        "BATCH_STATE_RUNNING, RUNNING",
        "BATCH_STATE_UNHEARD_OF, RUNNING",
        "JOB_STATE_SUCCEEDED, SUCCEEDED",
        "BATCH_STATE_FAILED, FAILED",
        "BATCH_STATE_CANCELLED, CANCELLED",
        "BATCH_STATE_EXPIRED, EXPIRED"
    })
    void everyStateIsKnown(String word, JobState state) {
        server.page(
                "GET /v1beta/batches/b1",
                200,
                "{'name':'batches/b1','metadata':{'state':'%s','batchStats':{'requestCount':'3','failedRequestCount':'1'}}}"
                        .formatted(word));

        Job job = google.batches().retrieve("batches/b1").join();

        assertThat(job.state()).isEqualTo(state);
        assertThat(job.requests()).isEqualTo(3);
        assertThat(job.failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batches/gone", "jobs/1", "", "batches/../files/x", "batches/a?b"})
    void anUnknownBatchIsSaidToBeUnknown(String id) {
        assertThatThrownBy(google.batches().retrieve(id)::join).hasCauseInstanceOf(BatchNotFoundException.class);
        assertThatThrownBy(google.batches().cancel(id)::join).hasCauseInstanceOf(BatchNotFoundException.class);
        assertThatThrownBy(google.batches().results(id, key -> null)::join)
                .hasCauseInstanceOf(BatchNotFoundException.class);
    }

    @Test
    void aBatchThatEndsWhileItIsCancelledHasEnded() {
        AtomicInteger times = new AtomicInteger();
        server.page(
                "GET /v1beta/batches/b1",
                exchange -> BatchServer.json(
                        exchange,
                        200,
                        "{'name':'batches/b1','metadata':{'state':'BATCH_STATE_%s'}}"
                                .formatted(times.incrementAndGet() == 1 ? "RUNNING" : "SUCCEEDED")));
        server.page(
                "POST /v1beta/batches/b1:cancel",
                400,
                "{'error':{'code':400,'message':'it has ended','status':'FAILED_PRECONDITION'}}");

        assertThat(google.batches().cancel("batches/b1").join().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aServerWithoutBatchesIsNoBatchThatIsUnknown() {
        server.page("GET /v1beta/batches/b1", 404, "<html>Not Found</html>");
        Mark mark = new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z"));

        assertThatThrownBy(google.batches().find(mark)::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("no list of batches");
        assertThatThrownBy(google.batches().retrieve("batches/b1")::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("baseUrl");
    }

    @Test
    void whatWasSpooledForADraftGoesWithIt() throws Exception {
        JobDraft draft = google.batches().draft();
        for (int i = 0; i < 40; i++) {
            draft.add("k" + i, request("x".repeat(5_000)).build());
        }
        assertThat(google.store().liveFiles()).isEqualTo(1);

        draft.close();

        assertThat(google.store().liveFiles()).isZero();
    }
}
