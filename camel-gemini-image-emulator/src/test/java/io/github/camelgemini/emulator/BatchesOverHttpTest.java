package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the batches of the Developer API refuse, and what faults do to their results. */
class BatchesOverHttpTest {

    private static final String CAT = "{\"contents\":[{\"parts\":[{\"text\":\"a cat\"}]}]}";

    private final GeminiEmulator emulator = GeminiEmulator.builder()
            .smallPictures(true)
            .queueTime(Duration.ofMinutes(1))
            .start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    private HttpResponse<String> get(String url) throws IOException {
        return Http.send(Http.request(url).build());
    }

    private HttpResponse<String> create(String batch) throws IOException {
        return Http.send(Http.post(emulator.baseUrl() + "/v1beta/models/" + Http.MODEL + ":batchGenerateContent", batch)
                .build());
    }

    private static String inline(String requests) {
        return "{\"batch\":{\"inputConfig\":{\"requests\":{\"requests\":[" + requests + "]}}}}";
    }

    private static String line(String key) {
        return "{\"key\":\"" + key + "\",\"request\":" + CAT + "}\n";
    }

    private String upload(String lines) throws IOException {
        String address = Http.send(Http.post(emulator.baseUrl() + "/upload/v1beta/files", "{}")
                        .header("X-Goog-Upload-Protocol", "resumable")
                        .header("X-Goog-Upload-Command", "start")
                        .build())
                .headers()
                .firstValue("X-Goog-Upload-URL")
                .orElseThrow();
        HttpResponse<String> uploaded = Http.send(Http.request(address)
                .header("X-Goog-Upload-Command", "upload, finalize")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build());
        return Http.json(uploaded).at("/file/name").asText();
    }

    private HttpResponse<String> ofFile(String file) throws IOException {
        return create("{\"batch\":{\"displayName\":\"cats\",\"inputConfig\":{\"fileName\":\"" + file + "\"}}}");
    }

    private JsonNode made(String lines) throws IOException {
        HttpResponse<String> made = ofFile(upload(lines));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Http.json(made);
    }

    private JsonNode found(JsonNode made) throws IOException {
        return Http.json(get(emulator.baseUrl() + "/v1beta/" + made.path("name").asText()));
    }

    private String download(JsonNode made) throws IOException {
        return emulator.baseUrl() + "/download/v1beta/"
                + found(made).at("/metadata/output/responsesFile").asText() + ":download?alt=media";
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            lines.add(Http.JSON.readTree(line));
        }
        return lines;
    }

    private void assertRefused(HttpResponse<String> answer, String message) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Http.json(answer).at("/error/message").asText()).contains(message);
        assertThat(emulator.batches()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"batch":{"inputConfig":{"fileName":"files/x"},"webhook":"x"}} | Unknown name "webhook" at 'batch'
            {"batch":{"inputConfig":{"file":"files/x"}}} | Unknown name "file" at 'batch.input_config'
            {"inputConfig":{"fileName":"files/x"}} | Unknown name "inputConfig"
            """)
    void aFieldThatNoBatchHasIsRefused(String batch, String message) throws IOException {
        assertRefused(create(batch), message);
    }

    @Test
    void aFieldThatNoRequestHasIsRefusedWithTheWholeInlineBatch() throws IOException {
        assertRefused(
                create(inline("{\"request\":" + CAT + "},{\"request\":" + CAT.replace("contents", "prompt") + "}")),
                "Unknown name \"prompt\" at 'batch.input_config.requests.requests[1].request'");
    }

    @Test
    void anInlineBatchOfMoreThan20MegabytesIsRefused() throws IOException {
        String large = CAT.replace("a cat", "a cat ".repeat(3_500_000));

        assertRefused(
                create(inline("{\"request\":" + large + "}")),
                "Request payload size exceeds the limit: 20971520 bytes.");
    }

    @Test
    void oneMoreThan100BatchesUnderWayIsRefused() throws IOException {
        String batch = inline("{\"request\":" + CAT + "}");
        for (int i = 0; i < 100; i++) {
            assertThat(create(batch).statusCode()).isEqualTo(200);
        }

        assertThat(create(batch).statusCode()).isEqualTo(429);
        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(create(batch).statusCode()).isEqualTo(200);
        assertThat(emulator.batches()).isEqualTo(101);
    }

    @Test
    void aKeyThatIsTwiceInAFileIsRefused() throws IOException {
        assertRefused(ofFile(upload(line("k1") + line("k2") + line("k1"))), "The key 'k1' occurs twice");
    }

    @Test
    void aFileThatIsStillProcessedIsRefused() throws IOException {
        emulator.on(RequestMatcher.operation("files.upload")).answer(Fault.fileProcessing(Duration.ofHours(1)));

        assertRefused(ofFile(upload(line("k1"))), "is not in an ACTIVE state");
    }

    @Test
    void aLineThatIsWrongIsAnErrorOfItsResult() throws IOException {
        JsonNode made =
                made("{\"key\":\"k1\",\"custom_id\":\"x\",\"request\":" + CAT + "}\n{\"key\":\"k2\",\"request\":"
                        + CAT.replace("contents", "prompt") + "}\n{\"key\":\"k3\",\n" + line("k4"));
        emulator.clock().advance(Duration.ofMinutes(1));

        List<JsonNode> results = lines(get(download(made)));

        assertThat(results)
                .extracting(result -> result.path("key").asText(null))
                .containsExactly("k1", "k2", null, "k4");
        assertThat(results.get(0).at("/error/message").asText()).contains("Unknown name \"custom_id\"");
        assertThat(results.get(1).at("/error/message").asText()).contains("Unknown name \"prompt\" at 'request'");
        assertThat(results.get(2).at("/error/message").asText()).contains("Invalid JSON payload received.");
        assertThat(results.get(3).has("response")).isTrue();
    }

    @Test
    void resultsMayComeInAnotherOrder() throws IOException {
        emulator.on(RequestMatcher.operation("batches.create"))
                .answer(Fault.linesShuffled(), Fault.lineMissing(3), Fault.lineFails(4));
        JsonNode made = made(line("k1") + line("k2") + line("k3") + line("k4") + line("k5"));
        emulator.clock().advance(Duration.ofMinutes(1));

        List<JsonNode> results = lines(get(download(made)));

        assertThat(results).extracting(result -> result.path("key").asText()).containsExactly("k2", "k4", "k1", "k5");
        assertThat(results.get(1).has("error")).isTrue();
    }

    @Test
    void resultsMayBeNamedLaterThanTheEnd() throws IOException {
        emulator.on(RequestMatcher.operation("batches.create")).answer(Fault.resultsLate(Duration.ofHours(1)));
        JsonNode made = made(line("k1"));
        JsonNode inline = Http.json(create(inline("{\"request\":" + CAT + "}")));

        emulator.clock().advance(Duration.ofMinutes(1));
        assertThat(List.of(found(made), found(inline))).allSatisfy(early -> {
            assertThat(early.at("/metadata/state").asText()).isEqualTo("BATCH_STATE_SUCCEEDED");
            assertThat(early.at("/metadata/output").isMissingNode()).isTrue();
        });

        emulator.clock().advance(Duration.ofHours(1));
        assertThat(List.of(found(made), found(inline)))
                .allSatisfy(late ->
                        assertThat(late.at("/metadata/output").isObject()).isTrue());
    }

    @Test
    void resultsMayBeAtAnotherHostWhereNoKeyIsNeeded() throws IOException {
        emulator.on(RequestMatcher.operation("batches.create")).answer(Fault.picturesOnOtherHost());
        JsonNode made = made(line("k1"));
        emulator.clock().advance(Duration.ofMinutes(1));

        HttpResponse<String> moved = get(download(made));
        String address = moved.headers().firstValue("Location").orElse("");
        HttpResponse<String> there =
                Http.send(HttpRequest.newBuilder(URI.create(address)).build());

        assertThat(moved.statusCode()).isEqualTo(302);
        assertThat(address).startsWith("http://127.0.0.1:" + emulator.port());
        assertThat(lines(there))
                .extracting(result -> result.path("key").asText())
                .containsExactly("k1");
        assertThat(get(address.replaceFirst("permission=.*", "permission=mine")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void batchesAreAmongTheJobsWhateverTheirClientsGotToKnow() throws IOException {
        emulator.on(RequestMatcher.operation("batches.create"))
                .answer(Fault.answerLost())
                .times(1);
        String file = upload(line("k1") + line("k2"));
        try {
            ofFile(file);
        } catch (IOException e) {
            // As the fault has it.
        }

        assertThat(emulator.jobs()).singleElement().satisfies(job -> {
            assertThat(job.service()).isEqualTo(EmulatedService.GOOGLE);
            assertThat(job.id()).startsWith("batches/");
            assertThat(job.prompt()).isEqualTo("cats");
            assertThat(job.requests()).isEqualTo(2);
            assertThat(job.status()).isEqualTo("BATCH_STATE_PENDING");
            assertThat(job.paid()).isNull();
        });
        assertThat(Http.json(get(emulator.baseUrl() + "/emulator/jobs"))
                        .at("/0/requests")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aBatchThatWasDeletedWasMadeAllTheSame() throws IOException {
        JsonNode made = made(line("k1"));

        Http.send(
                Http.request(emulator.baseUrl() + "/v1beta/" + made.path("name").asText())
                        .DELETE()
                        .build());

        assertThat(emulator.jobs()).isEmpty();
        assertThat(emulator.batches()).isEqualTo(1);
        emulator.clear();
        assertThat(emulator.batches()).isZero();
    }
}
