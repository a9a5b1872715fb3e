package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of Vertex AI, from and to objects of Cloud Storage. */
class VertexBatchesTest {

    private static final String JOBS = "/v1/projects/p-1/locations/europe-west4/batchPredictionJobs";
    private static final String OBJECTS = "/storage/v1/b/my-bucket/o";

    private final GeminiEmulator emulator = GeminiEmulator.builder()
            .smallPictures(true)
            .accessToken("token-1")
            .queueTime(Duration.ofMinutes(1))
            .start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    private HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create(emulator.baseUrl() + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer token-1");
    }

    private HttpResponse<String> get(String path) throws IOException {
        return Http.send(call(path).build());
    }

    private HttpResponse<String> post(String path, String body) throws IOException {
        return Http.send(
                call(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> delete(String path) throws IOException {
        return Http.send(call(path).DELETE().build());
    }

    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private void put(String name, String content) throws IOException {
        HttpResponse<String> put =
                post("/upload/storage/v1/b/my-bucket/o?uploadType=media&name=" + escaped(name), content);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(Http.json(put).path("name").asText()).isEqualTo(name);
    }

    private static String line(String prompt, String label) {
        return "{\"request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt
                + "\"}]}],\"labels\":{\"batch-key\":\"" + label + "\"}}}\n";
    }

    private static String job(String name) {
        return "{\"displayName\":\"" + name + "\",\"model\":\"publishers/google/models/" + Http.MODEL
                + "\",\"inputConfig\":{\"instancesFormat\":\"jsonl\",\"gcsSource\":{\"uris\":[\"gs://my-bucket/in/"
                + name + ".jsonl\"]}},\"outputConfig\":{\"predictionsFormat\":\"jsonl\",\"gcsDestination\":"
                + "{\"outputUriPrefix\":\"gs://my-bucket/out/" + name + "\"}}}";
    }

    private JsonNode made(String name) throws IOException {
        HttpResponse<String> made = post(JOBS, job(name));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Http.json(made);
    }

    private JsonNode found(JsonNode made) throws IOException {
        return Http.json(get("/v1/" + made.path("name").asText()));
    }

    private List<JsonNode> results(JsonNode made) throws IOException {
        String directory = found(made).at("/outputInfo/gcsOutputDirectory").asText();
        String folder = directory.substring("gs://my-bucket/".length());
        String object = Http.json(get(OBJECTS + "?prefix=" + escaped(folder + "/")))
                .at("/items/0/name")
                .asText();
        assertThat(object).isEqualTo(folder + "/predictions.jsonl");
        String lines = get(OBJECTS + "/" + escaped(object) + "?alt=media").body();
        return Arrays.stream(lines.split("\n"))
                .map(text -> {
                    try {
                        return Http.JSON.readTree(text);
                    } catch (IOException e) {
                        throw new AssertionError(text, e);
                    }
                })
                .toList();
    }

    @Test
    void resultsAreAnObjectBelowThePrefixWithTheirRequests() throws IOException {
        put("in/cats.jsonl", line("a cat", "k1") + line("two cats", "k2"));
        JsonNode made = made("cats");
        assertThat(made.path("state").asText()).isEqualTo("JOB_STATE_PENDING");
        emulator.clock().advance(Duration.ofSeconds(30));
        assertThat(found(made).path("state").asText()).isEqualTo("JOB_STATE_RUNNING");
        emulator.clock().advance(Duration.ofSeconds(30));

        JsonNode done = found(made);
        List<JsonNode> results = results(made);

        assertThat(done.path("state").asText()).isEqualTo("JOB_STATE_SUCCEEDED");
        assertThat(done.at("/completionStats/successfulCount").asText()).isEqualTo("2");
        assertThat(results)
                .extracting(each -> each.at("/request/labels/batch-key").asText())
                .containsExactly("k1", "k2");
        assertThat(results).allSatisfy(each -> {
            assertThat(each.path("status").asText()).isEmpty();
            assertThat(each.path("processed_time").asText()).isNotEmpty();
            assertThat(Http.picture(each.path("response"))).isNotNull();
        });
        assertThat(emulator.batches()).isEqualTo(1);
    }

    @Test
    void picturesOfARequestComeBackWithIt() throws IOException {
        byte[] picture = new byte[400_001];
        new Random(1).nextBytes(picture);
        String data = Base64.getEncoder().encodeToString(picture);
        put(
                "in/edit.jsonl",
                "{\"request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\","
                        + "\"data\":\"" + data + "\"}},{\"text\":\"a cat\"}]}]}}\n");
        JsonNode made = made("edit");
        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(results(made)).singleElement().satisfies(each -> {
            assertThat(each.at("/request/contents/0/parts/0/inlineData/data").asText())
                    .isEqualTo(data);
            assertThat(each.at("/response/candidates").isEmpty()).isFalse();
        });
    }

    @Test
    void aRequestThatIsRefusedHasItsErrorInItsStatus() throws IOException {
        put("in/bad.jsonl", "{\"request\":{\"contents\":[{\"role\":\"nobody\",\"parts\":[{\"text\":\"a\"}]}]}}\n");
        JsonNode made = made("bad");
        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(results(made)).singleElement().satisfies(each -> {
            assertThat(each.path("status").asText()).startsWith("Bad Request: {\"error\":{\"code\":400,");
            assertThat(each.path("response")).isEmpty();
        });
    }

    @Test
    void linesFailAsTheScriptSays() throws IOException {
        put("in/some.jsonl", line("a", "k1") + line("b", "k2") + line("c", "k3"));
        emulator.on(RequestMatcher.operation("batchPredictionJobs.create"))
                .answer(Fault.lineFails(2), Fault.lineMissing(1));
        JsonNode made = made("some");
        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(results(made))
                .extracting(each -> each.at("/request/labels/batch-key").asText() + " "
                        + each.path("status").asText().split(":")[0])
                .containsExactly("k2 Internal Server Error", "k3 ");
        assertThat(found(made).at("/completionStats/failedCount").asText()).isEqualTo("1");
    }

    @Test
    void aJobWithoutItsFileFails() throws IOException {
        JsonNode made = made("nothing");
        emulator.clock().advance(Duration.ofMinutes(1));

        JsonNode failed = found(made);
        assertThat(failed.path("state").asText()).isEqualTo("JOB_STATE_FAILED");
        assertThat(failed.at("/error/message").asText()).contains("gs://my-bucket/in/nothing.jsonl");
        assertThat(failed.has("outputInfo")).isFalse();
    }

    @Test
    void jobsAreFoundByNameCancelledAndDeleted() throws IOException {
        put("in/one.jsonl", line("a", "k1"));
        put("in/two.jsonl", line("a", "k1"));
        JsonNode one = made("one");
        JsonNode two = made("two");

        JsonNode all = Http.json(get(JOBS + "?pageSize=1"));
        assertThat(all.at("/batchPredictionJobs/0/name")).isEqualTo(two.path("name"));
        assertThat(all.path("nextPageToken").asText()).isNotEmpty();
        JsonNode named = Http.json(get(JOBS + "?filter=" + escaped("display_name=\"one\"")));
        assertThat(named.path("batchPredictionJobs")).hasSize(1);
        assertThat(named.at("/batchPredictionJobs/0/name")).isEqualTo(one.path("name"));

        String path = "/v1/" + one.path("name").asText();
        assertThat(delete(path).statusCode()).isEqualTo(400);
        assertThat(post(path + ":cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(found(one).path("state").asText()).isEqualTo("JOB_STATE_CANCELLED");
        assertThat(delete(path).statusCode()).isEqualTo(200);
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aResumableUploadGoesOnWhereItWas() throws IOException {
        String content = line("a cat", "k1");
        HttpResponse<String> started =
                post("/upload/storage/v1/b/my-bucket/o?uploadType=resumable&name=in%2Fbig.jsonl", "{}");
        String address = started.headers().firstValue("Location").orElseThrow();
        HttpRequest.Builder upload = HttpRequest.newBuilder(URI.create(address));

        HttpResponse<String> first = Http.send(upload.copy()
                .header("Content-Range", "bytes 0-9/" + content.length())
                .PUT(HttpRequest.BodyPublishers.ofString(content.substring(0, 10)))
                .build());
        HttpResponse<String> second = Http.send(upload.copy()
                .header("Content-Range", "bytes 10-" + (content.length() - 1) + "/" + content.length())
                .PUT(HttpRequest.BodyPublishers.ofString(content.substring(10)))
                .build());

        assertThat(first.statusCode()).isEqualTo(308);
        assertThat(first.headers().firstValue("Range")).contains("bytes=0-9");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(get(OBJECTS + "/in%2Fbig.jsonl?alt=media").body()).isEqualTo(content);
        assertThat(delete(OBJECTS + "/in%2Fbig.jsonl").statusCode()).isEqualTo(204);
        assertThat(get(OBJECTS + "/in%2Fbig.jsonl").statusCode()).isEqualTo(404);
    }

    @Test
    void anAccessTokenIsNeeded() throws IOException {
        assertThat(Http.send(Http.request(emulator.baseUrl() + JOBS).build()).statusCode())
                .isEqualTo(401);
        assertThat(Http.send(Http.post(emulator.baseUrl() + "/upload/storage/v1/b/b/o?uploadType=media&name=x", "x")
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void resultsMayComeLaterThanTheEndAndInAnotherOrder() throws IOException {
        put("in/cats.jsonl", line("a cat", "k1") + line("two cats", "k2"));
        emulator.next(Fault.linesShuffled(), Fault.resultsLate(Duration.ofHours(1)));
        JsonNode made = made("cats");

        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(found(made).path("state").asText()).isEqualTo("JOB_STATE_SUCCEEDED");
        assertThat(found(made).has("outputInfo")).isFalse();

        emulator.clock().advance(Duration.ofHours(1));
        assertThat(results(made))
                .extracting(each -> each.at("/request/labels/batch-key").asText())
                .containsExactly("k2", "k1");
        assertThat(emulator.jobs()).extracting(QueuedJob::status).containsExactly("JOB_STATE_SUCCEEDED");
    }

    @Test
    void aJobOfNoKnownFormIsRefused() throws IOException {
        for (String wrong : List.of(
                job("x").replace("publishers/google/models/", ""),
                job("x").replace(Http.MODEL, "no-such-model"),
                job("x").replace("displayName", "title"),
                job("x").replace("\"jsonl\",\"gcsSource\"", "\"bigquery\",\"gcsSource\""),
                job("x").replace("gs://my-bucket/out", "my-bucket/out"))) {
            assertThat(post(JOBS, wrong).statusCode()).as(wrong).isIn(400, 404);
        }
        assertThat(emulator.batches()).isZero();
    }
}
