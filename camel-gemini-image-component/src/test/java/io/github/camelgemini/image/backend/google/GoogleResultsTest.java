package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.Secrets;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was drawn by a batch, as it comes from Google. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoogleResultsTest {

    private static final String MODEL = "gemini-3.1-flash-image";
    private static final String FILE = "GET /download/v1beta/files/batch-b1:download";
    private static final Function<String, Asked> ASKED =
            key -> new Asked(MODEL, ImageSize.parse("1K"), 0, ServiceTier.STANDARD, false);

    @TempDir
    Path spool;

    private BatchServer server;
    private OpenedGoogle google;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        google = new OpenedGoogle(server.url(), spool, Duration.ofSeconds(2), ReferenceUpload.AUTO);
        server.page(
                "GET /v1beta/batches/b1",
                200,
                "{'name':'batches/b1','metadata':{'model':'models/%s','state':'BATCH_STATE_SUCCEEDED','output':"
                                .formatted(MODEL)
                        + "{'responsesFile':'files/batch-b1'}},'done':true}");
    }

    @AfterEach
    void stop() throws IOException {
        google.close();
        server.close();
    }

    private static String answer() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        return ("{'candidates':[{'content':{'role':'model','parts':[{'inlineData':{'mimeType':'image/png','data':'%s'}}]},"
                        + "'finishReason':'STOP'}],'modelVersion':'%s','usageMetadata':{'promptTokenCount':10,"
                        + "'candidatesTokenCount':1120,'totalTokenCount':1130,'candidatesTokensDetails':"
                        + "[{'modality':'IMAGE','tokenCount':1120}]}}")
                .formatted(Base64.getEncoder().encodeToString(png.toByteArray()), MODEL);
    }

    private static String drawn(String key) throws IOException {
        return "{'key':'%s','response':%s}\n".formatted(key, answer());
    }

    private List<JobResult> all() throws IOException {
        try (JobResults results = google.batches().results("batches/b1", ASKED).join()) {
            List<JobResult> all = new ArrayList<>();
            for (JobResult next = results.next(); next != null; next = results.next()) {
                all.add(next);
            }
            return all;
        }
    }

    private List<JobResult> ofFile(String lines) throws IOException {
        server.page(FILE, 200, lines);
        return all();
    }

    @Test
    void everyLineIsAResultInTheOrderOfTheFile() throws Exception {
        List<JobResult> results = ofFile(drawn("b") + "\n" + drawn("a"));

        assertThat(results).extracting(JobResult::key).containsExactly("b", "a");
        assertThat(results).allSatisfy(each -> {
            assertThat(each.failure()).isNull();
            assertThat(each.result().images()).hasSize(1);
            assertThat(each.result().images().get(0).info().width()).isEqualTo(8);
        });
        assertThat(server.asked("GET", ":download").get(0).path()).endsWith("?alt=media");
    }

    @Test
    void aPictureOfABatchCostsHalf() throws Exception {
        ImageResult result = ofFile(drawn("a")).get(0).result();

        Asked atOnce = ASKED.apply("a");
        assertThat(result.estimatedCost()).isNotNull();
        assertThat(result.estimatedCost().doubleValue())
                .isCloseTo(
                        ModelCatalog.standard()
                                        .find(MODEL)
                                        .orElseThrow()
                                        .prices()
                                        .orElseThrow()
                                        .cost(atOnce.consumption(result.usage(), 1))
                                        .orElseThrow()
                                        .doubleValue()
                                / 2,
                        within(0.000001));
    }

    @ParameterizedTest
    @CsvSource({
        "3, InvalidRequestException",
        "8, RateLimitException",
        "13, ServiceUnavailableException",
        "14, ServiceUnavailableException",
        "7, AuthenticationException",
        "5, ModelNotFoundException",
        "400, InvalidRequestException",
        "503, ServiceUnavailableException"
    })
    void aRequestThatFailedIsTheExceptionOfItsCode(int code, String exception) throws Exception {
        List<JobResult> results =
                ofFile("{'key':'a','error':{'code':%d,'message':'it was no good'}}\n".formatted(code) + drawn("b"));

        assertThat(results.get(0).key()).isEqualTo("a");
        assertThat(results.get(0).failure().getClass().getSimpleName()).isEqualTo(exception);
        assertThat(results.get(0).failure()).hasMessageContaining("it was no good");
        assertThat(results.get(1).result()).isNotNull();
    }

    @Test
    void aPictureThatWasBlockedIsAFailureWithItsReason() throws Exception {
        JobResult blocked = ofFile("{'key':'a','response':{'candidates':[{'finishReason':'IMAGE_SAFETY'}]}}\n")
                .get(0);

        assertThat(blocked.failure()).isInstanceOf(ImageBlockedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'key':'broken','response':{'candidates':[{'content':|broken",
                "{'key':'broken'|broken",
                "{'key':'broken','response':{'candidates':[{'content':{'parts':[{'inlineData':{'data':'AAAA|broken",
                "{'key':'b\\qroken','response':{'candidates':[|",
                "nonsense|",
                "{'key':'broken'}|broken",
                "{'key':'broken','response':{}}|broken",
                "{'key':'broken','response':null}|broken",
                "[1,2]|",
                "null|",
                "{'response':'x','key':'broken'}|broken"
            })
    void aBrokenLineIsAFailureAndTheNextOneIsRead(String line, String key) throws Exception {
        List<JobResult> results = ofFile(drawn("a") + line + "\n" + drawn("b"));

        assertThat(results).hasSize(3);
        assertThat(results.get(1).key()).isEqualTo(key);
        assertThat(results.get(1).failure()).isInstanceOf(MalformedResponseException.class);
        assertThat(results.get(2).key()).isEqualTo("b");
        assertThat(results.get(2).result()).isNotNull();
    }

    @Test
    void downloadIsNotSentToAnotherServer() throws Exception {
        try (BatchServer other = new BatchServer()) {
            server.page(FILE, exchange -> {
                exchange.getResponseHeaders().set("Location", other.url() + "/x");
                exchange.sendResponseHeaders(302, -1);
            });

            assertThatThrownBy(this::all)
                    .hasCauseInstanceOf(MalformedResponseException.class)
                    .hasMessageContaining("to the host localhost. The component does not follow this redirect");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void aBrokenLineAtTheEndOfAWholeFileIsAFailure() throws Exception {
        List<JobResult> results = ofFile(drawn("a") + "{'key':'b','response':{'cand");

        assertThat(results).hasSize(2);
        assertThat(results.get(1).key()).isEqualTo("b");
        assertThat(results.get(1).failure()).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void resultsWithinTheOperationAreReadOneByOne() throws Exception {
        String responses =
                "{'inlinedResponses':{'inlinedResponses':[{'response':%s,'metadata':{'key':'k1'}},".formatted(answer())
                        + "{'error':{'code':3,'message':'bad'},'metadata':{'key':'k2'}}]}}";
        server.page(
                "GET /v1beta/batches/b1",
                200,
                ("{'name':'batches/b1','metadata':{'displayName':'a \\\"inlinedResponses\\\" name','state':"
                                + "'BATCH_STATE_SUCCEEDED','output':%s},'done':true,'response':%s}")
                        .formatted(responses, responses));

        List<JobResult> results = all();

        assertThat(results).extracting(JobResult::key).containsExactly("k1", "k2");
        assertThat(results.get(0).result().images()).hasSize(1);
        assertThat(results.get(1).failure()).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'response':ANSWER,'key':'a'}",
                "{'processed_time':'2026-11-01T11:00:00Z','response':ANSWER,'more':{'key':'x'},'key':'a'}",
                "{'metadata':{'more':1,'key':'a'},'response':ANSWER}",
                "{ 'key' : 'a' , 'response' : ANSWER }"
            })
    void theOrderOfTheFieldsOfALineDoesNotMatter(String line) throws Exception {
        List<JobResult> results = ofFile(line.replace("ANSWER", answer()));

        assertThat(results).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo("a");
            assertThat(each.result().images()).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'state':'BATCH_STATE_SUCCEEDED'}},'done':true",
                "{'state':'BATCH_STATE_SUCCEEDED','output':{}}},'done':true,'response':{}",
                "{}},'done':true"
            })
    void aBatchThatHasSucceededWithoutNamingResultsIsAskedAgain(String metadata) {
        server.page(
                "GET /v1beta/batches/b1",
                200,
                "{'name':'batches/b1','metadata':" + metadata.replaceFirst("}}", "}") + "}");

        assertThatThrownBy(this::all)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("has no results yet");
    }

    @Test
    void whatWasFetchedForAResultIsNotKeptForTheNext() throws Exception {
        List<WeakReference<Object>> fetched = new CopyOnWriteArrayList<>();
        server.page(
                FILE,
                200,
                "{'key':'a','response':{'candidates':[{'content':{'parts':[{'fileData':{'mimeType':'image/png',"
                        + "'fileUri':'https://example.org/a.png'}}]},'finishReason':'STOP'}]}}\n" + drawn("b"));
        try (OpenedGoogle fetching = new OpenedGoogle(server.url(), spool, (uri, by) -> {
                    CompletableFuture<GeneratedImage> failed =
                            CompletableFuture.failedFuture(new IOException("not there"));
                    fetched.add(new WeakReference<>(failed));
                    return failed;
                });
                JobResults results =
                        fetching.batches().results("batches/b1", ASKED).join()) {
            assertThat(results.next().key()).isEqualTo("a");
            assertThat(fetched).hasSize(1);

            await().untilAsserted(() -> {
                System.gc();
                assertThat(fetched.get(0).get()).isNull();
            });
            assertThat(results.next().key()).isEqualTo("b");
        }
    }

    @Test
    void aBatchThatDrewNothingHasNoResults() throws Exception {
        server.page("GET /v1beta/batches/b1", 200, "{'name':'batches/b1','metadata':{'state':'BATCH_STATE_EXPIRED'}}");

        assertThat(all()).isEmpty();
    }

    private static void begin(HttpExchange exchange, String text, long length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Test
    void aDownloadThatIsCutOffFailsAfterWhatCame() throws Exception {
        server.page(FILE, exchange -> {
            begin(exchange, drawn("a") + "{'key':'b','response':{'candidates':[{'cont", 1_000_000);
            throw new IOException("the test ends the connection");
        });

        try (JobResults results = google.batches().results("batches/b1", ASKED).join()) {
            assertThat(results.next().key()).isEqualTo("a");
            assertThatThrownBy(results::next).isInstanceOf(IOException.class);
        }
        await().untilAsserted(() -> assertThat(google.store().liveFiles()).isZero());
    }

    /** As before HTTP/1.1: the end of the connection is the end of the file. */
    @ParameterizedTest
    @ValueSource(strings = {"{'key':'b','resp", ""})
    void aFileWithoutLengthThatEndsTooEarlyIsCutOff(String rest) throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            String line = drawn("a");
            CompletableFuture.runAsync(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        byte[] head = new byte[4096];
                        String path =
                                new String(head, 0, client.getInputStream().read(head), StandardCharsets.UTF_8);
                        String body = path.contains("download")
                                ? line + rest
                                : "{'name':'batches/b1','metadata':{'batchStats':{'requestCount':'2'},"
                                        + "'output':{'responsesFile':'files/batch-b1'}}}";
                        OutputStream out = client.getOutputStream();
                        out.write(
                                ("HTTP/1.0 200 OK\r\n\r\n" + body.replace('\'', '"')).getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    } catch (IOException e) {
                        // The test has ended.
                    }
                }
            });
            try (OpenedGoogle old = new OpenedGoogle("http://localhost:" + socket.getLocalPort(), spool);
                    JobResults results =
                            old.batches().results("batches/b1", ASKED).join()) {
                assertThat(results.next().key()).isEqualTo("a");
                assertThatThrownBy(results::next).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aDownloadThatStallsEnds() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        stall(over);

        try (JobResults results = google.batches().results("batches/b1", ASKED).join()) {
            assertThat(results.next().key()).isEqualTo("a");
            assertThatThrownBy(results::next).isInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }

    private void stall(CountDownLatch over) {
        server.page(FILE, exchange -> {
            begin(exchange, drawn("a") + "{'key':'b','resp", 1_000_000);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void closingEndsAThreadThatWaitsForTheNext() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        stall(over);
        try (OpenedGoogle patient = new OpenedGoogle(server.url(), spool, Duration.ZERO, ReferenceUpload.AUTO)) {
            JobResults results = patient.batches().results("batches/b1", ASKED).join();
            assertThat(results.next().key()).isEqualTo("a");
            Thread[] reader = new Thread[1];
            CompletableFuture<JobResult> next = new CompletableFuture<>();
            reader[0] = new Thread(() -> {
                try {
                    next.complete(results.next());
                } catch (Throwable e) {
                    next.completeExceptionally(e);
                }
            });
            reader[0].start();
            await().until(() -> List.of(reader[0].getStackTrace()).toString().contains("GoogleResults.next"));

            results.close();

            assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void resultsAreFetchedFromNoOtherHost() throws Exception {
        try (BatchServer other = new BatchServer()) {
            server.page(FILE, exchange -> {
                exchange.getResponseHeaders().set("Location", other.url() + "/there");
                BatchServer.json(exchange, 302, "{}");
            });

            assertThatThrownBy(() -> all()).hasCauseInstanceOf(MalformedResponseException.class);
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void resultsThatMovedOnTheSameServerAreFollowed() throws Exception {
        server.page(FILE, exchange -> {
            exchange.getResponseHeaders().set("Location", "/there");
            BatchServer.json(exchange, 302, "{}");
        });
        server.page("GET /there", 200, drawn("a"));

        assertThat(all()).extracting(JobResult::key).containsExactly("a");
        assertThat(server.asked("GET", "/there").get(0).headers().get("X-goog-api-key"))
                .containsExactly(OpenedGoogle.KEY);
    }

    @Test
    void resultsAreNamedAndNotAddressed() throws Exception {
        try (BatchServer other = new BatchServer()) {
            server.page(
                    "GET /v1beta/batches/b1",
                    200,
                    "{'name':'batches/b1','metadata':{'output':{'responsesFile':'%s/v1beta/files/x'}}}"
                            .formatted(other.url()));

            assertThatThrownBy(() -> all()).hasCauseInstanceOf(MalformedResponseException.class);
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, no, RateLimitException",
        "503, no, ServiceUnavailableException",
        "404, no, ServiceUnavailableException",
        "403, You do not have permission to access the File x or it may not exist., ServiceUnavailableException",
        "403, no, AuthenticationException"
    })
    void aDownloadThatIsRefusedIsTheExceptionOfItsStatus(int status, String message, String exception) {
        server.page(FILE, status, "{'error':{'code':%d,'message':'%s'}}".formatted(status, message));

        assertThatThrownBy(() -> all()).cause().satisfies(failure -> assertThat(
                        failure.getClass().getSimpleName())
                .isEqualTo(exception));
    }

    @Test
    void aKeyThatNobodyKnowsIsPricedByWhatTheServiceSays() throws Exception {
        server.page(FILE, 200, drawn("a"));
        try (JobResults results =
                google.batches().results("batches/b1", key -> null).join()) {
            assertThat(results.next().result().estimatedCost()).isNotNull();
        }
    }

    @Test
    void keyOfARequestStaysWhatItIsWhateverIsSecret() throws IOException {
        String key = "order-of-production-4711";
        try (Secrets.Held held = Secrets.hold(Map.of("X-Order", key), key)) {
            assertThat(ofFile(drawn(key))).extracting(JobResult::key).containsExactly(key);
        }
    }
}
