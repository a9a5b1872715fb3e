package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.backend.batch.ImageBatches.Mark;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

/** What Vertex AI and Cloud Storage hear of batches, and what is made of their answers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VertexBatchesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "gemini-3.1-flash-image";
    private static final String JOBS = "/v1/projects/project-1/locations/europe-west4/batchPredictionJobs";
    private static final String ID = "projects/project-1/locations/europe-west4/batchPredictionJobs/77";
    private static final String JOB = "{'name':'%s','displayName':'n.0001','state':'JOB_STATE_%s','createTime':"
            + "'2026-11-01T10:00:00.123Z','model':'publishers/google/models/" + MODEL + "'%s}";
    private static final String UPLOAD = "/upload/storage/v1/b/my-bucket/o";
    private static final String OBJECTS = "/storage/v1/b/my-bucket/o";
    private static final String OUTPUT =
            ",'outputInfo':{'gcsOutputDirectory':'gs://my-bucket/batches/n.0001/prediction-1'}";

    @TempDir
    Path spool;

    private BatchServer server;
    private OpenedGoogle google;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        google = OpenedGoogle.vertex(server.url(), spool, "gs://my-bucket/batches");
        server.page("POST " + UPLOAD, 200, "{}");
    }

    @AfterEach
    void stop() throws IOException {
        google.close();
        server.close();
    }

    private static String job(String state, String more) {
        return JOB.formatted(ID, state, more);
    }

    private static ImageRequest.Builder request(String prompt) {
        return ImageRequest.builder().set(Parameter.MODEL, MODEL).set(Parameter.PROMPT, prompt);
    }

    private JobDraft draft() throws IOException {
        JobDraft draft = google.batches().draft();
        draft.add(
                "k1",
                request("a fern")
                        .set(Parameter.ASPECT_RATIO, AspectRatio.parse("16:9"))
                        .set(Parameter.IMAGE_SIZE, ImageSize.parse("4K"))
                        .build());
        draft.add(
                "Übung 2!",
                request("a cat").set(Parameter.LABELS, Map.of("team", "shop")).build());
        return draft;
    }

    @Test
    void requestsAreLinesInTheFolderOfTheRoute() throws Exception {
        server.page("POST " + JOBS, 200, job("PENDING", ""));
        Job made;
        try (JobDraft draft = draft()) {
            made = draft.submit("n.0001", null).join();
        }

        BatchServer.Asked upload = server.asked("POST", UPLOAD).get(0);
        assertThat(upload.path()).contains("uploadType=media").contains("name=batches%2Fn.0001%2Frequests-");
        assertThat(upload.headers().get("Authorization")).containsExactly("Bearer " + OpenedGoogle.TOKEN);
        String[] lines = upload.body().split("\n");
        assertThat(lines).hasSize(2);
        JsonNode first = JSON.readTree(lines[0]).path("request");
        assertThat(first.at("/contents/0/parts/0/text").asText()).isEqualTo("a fern");
        assertThat(first.at("/generationConfig/imageConfig/aspectRatio").asText())
                .isEqualTo("16:9");
        assertThat(first.at("/generationConfig/imageConfig/imageSize").asText()).isEqualTo("4K");
        assertThat(first.at("/labels/batch-key").asText()).isEqualTo("k1");
        JsonNode second = JSON.readTree(lines[1]).path("request");
        assertThat(second.at("/labels/team").asText()).isEqualTo("shop");
        assertThat(KeyLabels.key(second.path("labels"))).isEqualTo("Übung 2!");
        JsonNode job = JSON.readTree(server.asked("POST", JOBS).get(0).body());
        assertThat(job.path("displayName").asText()).isEqualTo("n.0001");
        assertThat(job.path("model").asText()).isEqualTo("publishers/google/models/" + MODEL);
        assertThat(job.at("/inputConfig/instancesFormat").asText()).isEqualTo("jsonl");
        assertThat(job.at("/inputConfig/gcsSource/uris/0").asText())
                .isEqualTo("gs://my-bucket/" + file().replace("%2F", "/"));
        assertThat(job.at("/outputConfig/predictionsFormat").asText()).isEqualTo("jsonl");
        assertThat(job.at("/outputConfig/gcsDestination/outputUriPrefix").asText())
                .isEqualTo("gs://my-bucket/batches/n.0001");
        assertThat(made.id()).isEqualTo(ID);
        assertThat(made.state()).isEqualTo(JobState.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "1", "UPPER", "with space", "a.b", "ключ", "Z"})
    void aKeyComesBackFromItsLabels(String key) {
        Map<String, String> labels = KeyLabels.of(key);

        assertThat(labels.values()).allMatch(value -> value.matches("[a-z0-9_-]{1,63}"));
        assertThat(KeyLabels.key(JSON.valueToTree(labels))).isEqualTo(key);
    }

    @Test
    void aLongKeyComesBackFromItsLabels() {
        String key = "Ä".repeat(400);

        assertThat(KeyLabels.key(JSON.valueToTree(KeyLabels.of(key)))).isEqualTo(key);
        assertThatThrownBy(() -> KeyLabels.of("Ä".repeat(500))).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "429, true", "503, false", "499, false"})
    void theFileIsDeletedWhenNoJobIsMadeOfIt(int status, boolean deleted) throws Exception {
        server.page("POST " + JOBS, status, "{'error':{'code':%d,'message':'no'}}".formatted(status));
        try (JobDraft draft = draft()) {
            assertThatThrownBy(draft.submit("n.0001", null)::join).hasCauseInstanceOf(Exception.class);
        }

        if (deleted) {
            await().untilAsserted(() -> assertThat(server.asked())
                    .filteredOn(each -> each.method().equals("DELETE"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.path()).endsWith(OBJECTS + "/" + file())));
        } else {
            assertThat(server.asked()).noneMatch(each -> each.method().equals("DELETE"));
        }
    }

    /** The name of the file that was uploaded last, escaped. */
    private String file() {
        List<BatchServer.Asked> uploads = server.asked("POST", UPLOAD);
        return uploads.get(uploads.size() - 1).path().replaceFirst(".*[?&]name=", "");
    }

    @Test
    void theFileOfAnAttemptThatMayHaveMadeAJobIsKeptWhateverComesAfterIt() throws Exception {
        AtomicInteger times = new AtomicInteger();
        server.page("POST " + JOBS, exchange -> {
            int status = times.incrementAndGet() == 1 ? 503 : 400;
            BatchServer.json(exchange, status, "{'error':{'code':%d,'message':'no'}}".formatted(status));
        });
        try (JobDraft draft = draft()) {
            assertThatThrownBy(draft.submit("n.0001", null)::join)
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(draft.submit("n.0001", null)::join).hasCauseInstanceOf(InvalidRequestException.class);
        }
        String kept = file();
        try (JobDraft again = draft()) {
            assertThatThrownBy(again.submit("n.0001", null)::join).hasCauseInstanceOf(InvalidRequestException.class);
        }

        assertThat(file()).isNotEqualTo(kept);
        await().untilAsserted(() ->
                assertThat(server.asked()).anyMatch(each -> each.method().equals("DELETE")));
        assertThat(server.asked())
                .filteredOn(each -> each.method().equals("DELETE"))
                .allSatisfy(each -> assertThat(each.path()).endsWith(file()));
    }

    @Test
    void aBucketThatIsNotThereIsToldWithTheOption() throws Exception {
        server.page("POST " + UPLOAD, 404, "{'error':{'code':404,'message':'The specified bucket does not exist.'}}");
        try (JobDraft draft = draft()) {
            assertThatThrownBy(draft.submit("n.0001", null)::join)
                    .cause()
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("batchGcsUri")
                    .hasMessageContaining("bucket does not exist");
        }
    }

    @Test
    void webhooksAreRefused() throws Exception {
        try (JobDraft draft = draft()) {
            assertThatThrownBy(draft.submit("n.0001", URI.create("https://example.org/x"))::join)
                    .hasCauseInstanceOf(InvalidRequestException.class);
        }
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-bucket", "gs://", "https://x/y", "gs://UPPER/x", "gs://my-bucket/a b"})
    void aFolderThatIsNoneIsRefused(String uri) {
        assertThatThrownBy(() -> OpenedGoogle.vertex(server.url(), spool, uri))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("batchGcsUri '" + uri + "'");
    }

    @Test
    void withoutAFolderThereAreNoBatches() throws Exception {
        try (OpenedGoogle without = OpenedGoogle.vertex(server.url(), spool, null)) {
            assertThatThrownBy(without::batches)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("batchGcsUri=gs://bucket/folder");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "'ok'",
                "{'batchPredictionJobs':{}}",
                "{'status':'ok'}",
                "{'batchPredictionJobs':[],'nextPageToken':'two'}"
            })
    void anAnswerThatIsNoWholeListDoesNotProveThatNoJobWasMade(String answer) {
        server.page("GET " + JOBS, 200, answer);

        assertThatThrownBy(google.batches().find(new Mark("n.0001", "", Instant.now()))::join)
                .cause()
                .isInstanceOfAny(MalformedResponseException.class, ServiceUnavailableException.class);
    }

    @Test
    void aJobWhoseAnswerWasLostIsFoundByItsName() {
        server.page("GET " + JOBS, 200, "{'batchPredictionJobs':[" + job("RUNNING", "") + "]}");

        assertThat(google.batches()
                        .find(new Mark("n.0001", "", Instant.parse("2026-11-01T10:00:00Z")))
                        .join())
                .map(Job::id)
                .contains(ID);
        assertThat(server.asked().get(0).path()).contains("filter=display_name%3D%22n.0001%22");
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, PENDING",
        "PENDING, PENDING",
        "RUNNING, RUNNING",
        "CANCELLING, RUNNING",
        "PAUSED, RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "PARTIALLY_SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "CANCELLED, CANCELLED",
        "EXPIRED, EXPIRED"
    })
    void everyStateIsKnown(String word, JobState state) {
        server.page(
                "GET " + JOBS + "/77",
                200,
                job(word, ",'completionStats':{'successfulCount':'2','failedCount':'1','incompleteCount':'4'}"));

        Job job = google.batches().retrieve(ID).join();

        assertThat(job.state()).isEqualTo(state);
        assertThat(job.requests()).isEqualTo(7);
        assertThat(job.succeeded()).isEqualTo(2);
        assertThat(job.failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batches/1",
                "projects/p/locations/us-central1/batchPredictionJobs/77",
                "projects/project-1/locations/europe-west4/batchPredictionJobs/78",
                "projects/project-1/locations/europe-west4/batchPredictionJobs/../77"
            })
    void anUnknownJobIsSaidToBeUnknown(String id) {
        assertThatThrownBy(google.batches().retrieve(id)::join).hasCauseInstanceOf(BatchNotFoundException.class);
        assertThatThrownBy(google.batches().cancel(id)::join).hasCauseInstanceOf(BatchNotFoundException.class);
    }

    private static String line(String key, String rest) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        String data = Base64.getEncoder().encodeToString(png.toByteArray());
        return ("{'status':'%s','processed_time':'2026-11-01T11:00:00Z','request':{'contents':[{'role':'user','parts':"
                        + "[{'inlineData':{'mimeType':'image/png','data':'%s'}},{'text':'a cat'}]}],'labels':%s},'response':%s}\n")
                .formatted(
                        rest.startsWith("{") ? "" : rest,
                        data,
                        JSON.writeValueAsString(KeyLabels.of(key)),
                        rest.startsWith("{") ? rest.replace("DATA", data) : "{}");
    }

    private static final String DRAWN =
            "{'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'DATA'}}]},'finishReason':'STOP'}]}";

    private List<JobResult> all() throws IOException {
        try (JobResults results = google.batches().results(ID, key -> null).join()) {
            List<JobResult> all = new ArrayList<>();
            for (JobResult next = results.next(); next != null; next = results.next()) {
                all.add(next);
            }
            return all;
        }
    }

    /** Paths of objects have escaped slashes, which the server's path has not. */
    private void object(String name, String content) {
        server.page("GET " + OBJECTS + "/" + name, 200, content);
    }

    /** As before HTTP/1.1: the end of the connection is the end of the file. */
    @Test
    void filesWithoutLengthThatHaveFewerResultsThanTheJobAreCutOff() throws Exception {
        String line = line("k1", DRAWN);
        try (ServerSocket socket = new ServerSocket(0)) {
            CompletableFuture.runAsync(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        byte[] head = new byte[4096];
                        String path =
                                new String(head, 0, client.getInputStream().read(head), StandardCharsets.UTF_8);
                        String body = path.contains("batchPredictionJobs")
                                ? job("SUCCEEDED", OUTPUT + ",'completionStats':{'successfulCount':'2'}")
                                : path.contains("alt=media")
                                        ? line
                                        : "{'items':[{'name':'batches/n.0001/prediction-1/predictions_001.jsonl'}]}";
                        client.getOutputStream()
                                .write(("HTTP/1.0 200 OK\r\n\r\n" + body.replace('\'', '"'))
                                        .getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // The test has ended.
                    }
                }
            });
            try (OpenedGoogle old = OpenedGoogle.vertex(
                            "http://localhost:" + socket.getLocalPort(), spool, "gs://my-bucket/batches");
                    JobResults results = old.batches().results(ID, key -> null).join()) {
                assertThat(results.next().key()).isEqualTo("k1");
                assertThatThrownBy(results::next)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("1 of 2");
            }
        }
    }

    @Test
    void resultsAreReadFromAllFilesBelowTheOutput() throws Exception {
        server.page("GET " + JOBS + "/77", 200, job("SUCCEEDED", OUTPUT));
        server.page(
                "GET " + OBJECTS,
                200,
                "{'items':[{'name':'batches/n.0001/prediction-1/predictions_002.jsonl'},"
                        + "{'name':'batches/n.0001/prediction-1/predictions_001.jsonl'},"
                        + "{'name':'batches/n.0001/prediction-1/incremental.txt'}]}");
        object(
                "batches/n.0001/prediction-1/predictions_001.jsonl",
                line("k1", DRAWN)
                        + line(
                                "Übung 2!",
                                "Bad Request: {\\\"error\\\": {\\\"code\\\": 400, \\\"message\\\": \\\"no\\\"}}"));
        object(
                "batches/n.0001/prediction-1/predictions_002.jsonl",
                line(
                        "k3",
                        "Too Many: {\\\"error\\\": {\\\"code\\\": 429, \\\"status\\\": \\\"RESOURCE_EXHAUSTED\\\", \\\"message\\\": \\\"later\\\"}}"));

        List<JobResult> results = all();

        assertThat(results).extracting(JobResult::key).containsExactly("k1", "Übung 2!", "k3");
        assertThat(results.get(0).result().images()).hasSize(1);
        assertThat(results.get(0).result().images().get(0).width()).isEqualTo(8);
        assertThat(results.get(1).failure()).isInstanceOf(InvalidRequestException.class);
        assertThat(results.get(2).failure()).isInstanceOf(RateLimitException.class);
        assertThat(server.asked())
                .filteredOn(each -> each.path().contains("prefix="))
                .singleElement()
                .satisfies(each -> assertThat(each.path()).contains("prefix=batches%2Fn.0001%2Fprediction-1%2F"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://other/x", "gs://my-bucket/elsewhere", "gs://my-bucket/batches/../x"})
    void resultsAreReadFromNoOtherFolder(String uri) {
        server.page(
                "GET " + JOBS + "/77",
                200,
                job("SUCCEEDED", ",'outputInfo':{'gcsOutputDirectory':'%s'}".formatted(uri)));

        assertThatThrownBy(this::all).hasCauseInstanceOf(InvalidRequestException.class);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OUTPUT})
    void aJobThatHasSucceededWithoutAFileOfResultsIsAskedAgain(String output) {
        server.page("GET " + JOBS + "/77", 200, job("SUCCEEDED", output));
        server.page("GET " + OBJECTS, 200, "{'items':[{'name':'batches/n.0001/prediction-1/incremental.txt'}]}");

        assertThatThrownBy(this::all)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("has no results yet");
    }

    @Test
    void resultsThatAreListedAndNotThereAreAskedForAgain() {
        server.page("GET " + JOBS + "/77", 200, job("SUCCEEDED", OUTPUT));
        server.page("GET " + OBJECTS, 200, "{'items':[{'name':'batches/n.0001/prediction-1/predictions_001.jsonl'}]}");

        assertThatThrownBy(this::all).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aBucketThatIsGoneIsNoJobThatIs() {
        server.page("GET " + JOBS + "/77", 200, job("SUCCEEDED", OUTPUT));

        assertThatThrownBy(this::all)
                .cause()
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("batchGcsUri names a bucket that does not exist");
    }

    @Test
    void aJobWithoutOutputHasNoResults() throws Exception {
        server.page("GET " + JOBS + "/77", 200, job("FAILED", ",'error':{'code':3,'message':'no such file'}"));

        assertThat(all()).isEmpty();
        assertThat(google.batches().retrieve(ID).join().failure()).isEqualTo("no such file");
    }
}
