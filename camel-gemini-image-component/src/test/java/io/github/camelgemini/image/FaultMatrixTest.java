package io.github.camelgemini.image;

import static io.github.camelgemini.image.MatrixRow.Place.ANSWERS;
import static io.github.camelgemini.image.MatrixRow.Place.CONNECTIONS;
import static io.github.camelgemini.image.MatrixRow.Place.REFUSALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.ScriptedFault;
import io.github.camelgemini.image.MatrixRow.Expected;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault with every kind of call: the call ends with the expected failure, explains it, makes no more calls than
 * it should, and leaves nothing behind. The page of the documentation with this table is written from these results.
 */
@Timeout(120)
class FaultMatrixTest {

    private static final Path PAGE = Path.of("../docs/src/docs/asciidoc/_fault-matrix.adoc");
    private static final Path WRITTEN = Path.of("target/fault-matrix.adoc");
    private static final String LIMITS = "maxRetries=1&spoolThreshold=0";
    private static final Fault PICTURE = MatrixRow.FAST;

    private static final String PIXELS = "{'kind': 'pixels', 'width': 16, 'height': 16}";
    /** A picture of 200,000 bytes. */
    private static final Fault LARGE = Fault.pictureBytes(200_000);

    private static final MatrixPage page = new MatrixPage();
    private static final List<MatrixRow> rows = new ArrayList<>();
    private static final Map<String, MatrixOutcome> inASmallHeap = new HashMap<>();

    private static GeminiEmulator elsewhere;
    private static ServerSocket full;
    private static final List<Socket> queued = new ArrayList<>();
    private static HttpsGateway ofAnotherName;
    private static HttpsGateway expired;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    private int drawn;

    @BeforeAll
    static void startServers(@TempDir Path folder) throws Exception {
        elsewhere = GeminiEmulator.builder().start();
        // A listener whose queue is full takes no further connection.
        full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < 2; i++) {
            queued.add(new Socket(full.getInetAddress(), full.getLocalPort()));
        }
        ofAnotherName = new HttpsGateway(Files.createDirectory(folder.resolve("name")), "gateway.example");
        expired = new HttpsGateway(
                Files.createDirectory(folder.resolve("expired")), "localhost", "-startdate", "-3d", "-validity", "1");
        rows.addAll(refusals());
        rows.addAll(connections());
        rows.addAll(answers());
        rows.addAll(sizes());
        rows.addAll(new MatrixServiceRows(elsewhere, closedPort(), ofAnotherName, expired).all());
    }

    private static List<MatrixRow> refusals() {
        Fault gateway = Fault.rawBody(
                401,
                "application/json",
                "{\"error\":{\"message\":\"Invalid API key provided.\",\"type\":\"authentication_error\","
                        + "\"code\":\"invalid_api_key\"}}");
        String model = " for model gemini-3.1-flash-image";
        return List.of(
                MatrixRow.of(REFUSALS, "400: wrong key", Fault.invalidKey())
                        .fails(AuthenticationException.class, "Check the option apiKey"),
                MatrixRow.of(REFUSALS, "400: no billing", Fault.billing())
                        .fails(AuthenticationException.class, "HTTP 400 FAILED_PRECONDITION" + model),
                MatrixRow.of(
                                REFUSALS,
                                "400: not offered here",
                                Fault.status(
                                        400, "FAILED_PRECONDITION", "User location is not supported for the API use."))
                        .fails(AuthenticationException.class, "Vertex AI may be"),
                MatrixRow.of(
                                REFUSALS,
                                "400: wrong request",
                                Fault.status(400, "INVALID_ARGUMENT", "Image size 2K is not supported for this model"))
                        .fails(InvalidRequestException.class, "HTTP 400 INVALID_ARGUMENT" + model),
                MatrixRow.of(REFUSALS, "401: wrong access token", Fault.invalidToken())
                        .fails(AuthenticationException.class, "HTTP 401 UNAUTHENTICATED" + model),
                MatrixRow.of(REFUSALS, "401: wrong key, as from gateways", gateway)
                        .fails(AuthenticationException.class, "HTTP 401 authentication_error" + model),
                MatrixRow.of(
                                REFUSALS,
                                "402: no credits, as from gateways",
                                Fault.status(402, "payment_required", "Insufficient credits"))
                        .fails(QuotaExhaustedException.class, "HTTP 402 payment_required" + model),
                MatrixRow.of(REFUSALS, "403: no key", Fault.missingKey())
                        .fails(AuthenticationException.class, "HTTP 403 PERMISSION_DENIED" + model),
                // Of a model that nobody wrote, the successor would draw.
                MatrixRow.of(REFUSALS, "404: no such model", Fault.modelNotFound())
                        .with("model=gemini-3.1-flash-image", "model=gemini-3.1-flash-image")
                        .fails(ModelNotFoundException.class, "HTTP 404 NOT_FOUND" + model),
                MatrixRow.of(REFUSALS, "408", Fault.status(408, "DEADLINE_EXCEEDED", "Too slow"))
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 408 DEADLINE_EXCEEDED" + model),
                MatrixRow.of(REFUSALS, "429: too many per minute", Fault.rateLimited(Duration.ofMillis(20)))
                        .failsAfterARetry(RateLimitException.class, "HTTP 429 RESOURCE_EXHAUSTED" + model),
                MatrixRow.of(REFUSALS, "429 without details", Fault.rateLimitedWithoutDetails())
                        .failsAfterARetry(RateLimitException.class, "HTTP 429 RESOURCE_EXHAUSTED" + model),
                MatrixRow.of(REFUSALS, "429: daily quota", Fault.dailyQuota())
                        .fails(QuotaExhaustedException.class, "HTTP 429 RESOURCE_EXHAUSTED" + model),
                MatrixRow.of(REFUSALS, "429: credits depleted", Fault.creditsDepleted())
                        .fails(QuotaExhaustedException.class, "credits are depleted"),
                MatrixRow.of(REFUSALS, "499", Fault.cancelled())
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 499 CANCELLED" + model),
                MatrixRow.of(REFUSALS, "500", Fault.internal())
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 500 INTERNAL" + model),
                MatrixRow.of(REFUSALS, "502: HTML page of a proxy", Fault.html(502))
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 502" + model + ": <html>"),
                MatrixRow.of(REFUSALS, "503: overloaded", Fault.overloaded())
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 503 UNAVAILABLE" + model),
                MatrixRow.of(REFUSALS, "503: retry at once", Fault.overloaded(), Fault.header("Retry-After", "0"))
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 503 UNAVAILABLE" + model),
                MatrixRow.of(
                                REFUSALS,
                                "503 as a list of one",
                                Fault.arrayErrorBody(503, "UNAVAILABLE", "The model is overloaded."))
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 503 UNAVAILABLE" + model),
                MatrixRow.of(REFUSALS, "503 as the last event", Fault.midStreamError())
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 503 UNAVAILABLE" + model)
                        .onlyFor(MatrixCall.STREAM),
                MatrixRow.of(REFUSALS, "504", Fault.deadlineExceeded())
                        .failsAfterARetry(ServiceUnavailableException.class, "HTTP 504 DEADLINE_EXCEEDED" + model),
                MatrixRow.of(REFUSALS, "307: redirect to another host", Fault.redirect(elsewhere.baseUrl() + "/v1beta"))
                        .fails(MalformedResponseException.class, "Redirects are not followed"));
    }

    private static List<MatrixRow> connections() {
        String broken = "failed before its answer was complete";
        return List.of(
                MatrixRow.elsewhere(CONNECTIONS, "unknown host", "baseUrl=http://gemini.invalid")
                        .failsAfterARetry(
                                ServiceUnavailableException.class,
                                "Gemini Developer API cannot be reached for model gemini-3.1-flash-image: UnknownHostException"),
                MatrixRow.elsewhere(CONNECTIONS, "connection refused", "baseUrl=http://localhost:" + closedPort())
                        .failsAfterARetry(ServiceUnavailableException.class, "cannot be reached"),
                MatrixRow.elsewhere(
                                CONNECTIONS,
                                "a server that accepts no connection",
                                "connectTimeout=100&baseUrl=http://localhost:" + full.getLocalPort())
                        .failsAfterARetry(ServiceUnavailableException.class, "SocketTimeoutException"),
                MatrixRow.elsewhere(
                                CONNECTIONS,
                                "a certificate for another name",
                                "sslContextParameters=#ofAnotherName&baseUrl=" + ofAnotherName.url())
                        .fails(AuthenticationException.class, "Hostname localhost not verified"),
                MatrixRow.elsewhere(
                                CONNECTIONS,
                                "an expired certificate",
                                "sslContextParameters=#expired&baseUrl=" + expired.url())
                        .fails(AuthenticationException.class, "validity check failed"),
                MatrixRow.of(CONNECTIONS, "reset before the headers", Fault.resetBeforeHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(CONNECTIONS, "reset after the headers", Fault.resetAfterHeaders())
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(CONNECTIONS, "reset in the middle of a picture", LARGE, Fault.resetMidBody(150_000))
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(CONNECTIONS, "closed in the middle of a picture", LARGE, Fault.truncate(150_000))
                        .failsAfterARetry(ServiceUnavailableException.class, broken),
                MatrixRow.of(CONNECTIONS, "silence before the headers", Fault.stallBeforeHeaders())
                        .with("requestTimeout=500", "requestTimeout=60000")
                        .fails(RequestTimeoutException.class, "within requestTimeout=500 ms"),
                MatrixRow.of(CONNECTIONS, "silence in the middle of a picture", LARGE, Fault.stallMidBody(150_000))
                        .with("idleTimeout=500", "idleTimeout=1500")
                        .failsAfterARetry(ServiceUnavailableException.class, "nothing arrived for idleTimeout=500 ms"),
                MatrixRow.of(
                                CONNECTIONS,
                                "a trickle",
                                Fault.pictureBytes(20_000),
                                Fault.trickle(1_000, Duration.ofMillis(2)))
                        .isAPicture());
    }

    private static List<MatrixRow> answers() {
        String words = Base64.getEncoder().encodeToString("hello world".getBytes(StandardCharsets.UTF_8));
        return List.of(
                MatrixRow.of(ANSWERS, "HTML page of a proxy", Fault.html(200))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(ANSWERS, "nothing", Fault.rawBody(200, "application/json", ""))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(ANSWERS, "an object without a candidate", Fault.rawBody(200, "application/json", "{}"))
                        .fails(MalformedResponseException.class, "neither candidates nor a block reason"),
                MatrixRow.of(ANSWERS, "half of the JSON", Fault.rawBody(200, "application/json", "{\"candidates\":["))
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer"),
                MatrixRow.of(ANSWERS, "truncated Base64", Fault.truncatedBase64())
                        .fails(MalformedResponseException.class, "Base64"),
                MatrixRow.of(ANSWERS, "text after the JSON", Fault.trailingGarbage())
                        .fails(MalformedResponseException.class, "cannot be read: Malformed answer")
                        .butAPictureFor(MatrixCall.STREAM),
                MatrixRow.of(
                                ANSWERS,
                                "text instead of the picture's bytes",
                                Fault.rawBody(
                                        200,
                                        "application/json",
                                        "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":"
                                                + "\"image/png\",\"data\":\"" + words
                                                + "\"}}]},\"finishReason\":\"STOP\"}]}"))
                        .fails(MalformedResponseException.class, "not an image"));
    }

    private static List<MatrixRow> sizes() {
        return List.of(
                MatrixRow.inASmallHeap("a body without end", "{'kind': 'endlessBody'}")
                        .fails(MalformedResponseException.class, "exceeds the maximum allowed"),
                MatrixRow.inASmallHeap("the same, compressed (gzip bomb)", "{'kind': 'endlessBody'}, {'kind': 'gzip'}")
                        .fails(MalformedResponseException.class, "exceeds the maximum allowed"),
                MatrixRow.inASmallHeap("200 MB of text", "{'kind': 'textBytes', 'n': 200000000}")
                        .fails(MalformedResponseException.class, "exceeds the maximum allowed"),
                MatrixRow.inASmallHeap("JSON nested 100,000 deep", "{'kind': 'deeplyNested', 'levels': 100000}")
                        .fails(MalformedResponseException.class, "nesting depth"),
                MatrixRow.inASmallHeap("10,000 parts", "{'kind': 'manyParts', 'n': 10000}")
                        .isAPicture());
    }

    private static int closedPort() {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the calls in a JVM with 64 MB of heap, and tells what became of them. */
    static final class SmallHeap {

        private SmallHeap() {}

        /** @param args server, spool directory, titles of the rows, which are the prompts as well */
        public static void main(String[] args) throws Exception {
            try (OtherRoutes routes = new OtherRoutes(args[0], args[1])) {
                draw(routes, args[1], "well", MatrixCall.CHAT);
                for (int row = 2; row < args.length; row++) {
                    for (MatrixCall call : MatrixCall.values()) {
                        MatrixOutcome outcome = draw(routes, args[1], args[row], call);
                        System.out.println(String.join("\t", "cell", args[row], call.name(), outcome.toLine()));
                    }
                }
            }
        }

        private static MatrixOutcome draw(OtherRoutes routes, String spool, String prompt, MatrixCall call)
                throws Exception {
            List<Path> before = SpoolFiles.in(Path.of(spool));
            MatrixOutcome outcome =
                    MatrixOutcome.of(routes.send(call.uri(LIMITS), call.body(), call.headers(prompt)), call);
            if (!outcome.keepsAPicture(call)) {
                await().pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(left(Path.of(spool), outcome))
                        .isSubsetOf(before));
            }
            return outcome;
        }
    }

    /** Of a failure nothing, at once; a picture goes with the garbage. */
    private static List<Path> left(Path spool, MatrixOutcome outcome) {
        return outcome.isPicture() ? SpoolFiles.left(spool) : SpoolFiles.in(spool);
    }

    static Stream<Arguments> cells() {
        return rows.stream().filter(row -> row.json() == null).flatMap(FaultMatrixTest::cellsOf);
    }

    static Stream<Arguments> cellsInASmallHeap() {
        return rows.stream().filter(row -> row.json() != null).flatMap(FaultMatrixTest::cellsOf);
    }

    private static Stream<Arguments> cellsOf(MatrixRow row) {
        return row.expected().keySet().stream().map(call -> Arguments.of(row, call));
    }

    @BeforeEach
    void spoolEverything() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.context().getRegistry().bind("ofAnotherName", ofAnotherName.trust());
        routes.context().getRegistry().bind("expired", expired.trust());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void faultEndsAsExpected(MatrixRow row, MatrixCall call) {
        Expected expected = row.expected().get(call);
        if (call == MatrixCall.CHAT) {
            // The call that matters is that of the second turn.
            assertThat(drawAfter(row, PICTURE, 0, call, "").isPicture()).isTrue();
        }
        List<Path> before = SpoolFiles.in(spool);

        MatrixOutcome lasting = drawAfter(row, row.fault(), ScriptedFault.ALWAYS, call, row.options());

        assertThatItIs(expected, lasting, call);
        if (!lasting.keepsAPicture(call)) {
            await().pollDelay(Duration.ZERO)
                    .untilAsserted(() -> assertThat(left(spool, lasting)).isSubsetOf(before));
        }
        assertThat(elsewhere.requests()).isEmpty();
        if (row.fault() != null && !lasting.isPicture()) {
            assertThatAllGoesOnWhenItHasPassed(row, call);
        }
        page.add(row, call, new MatrixPage.Cell(lasting, expected.says()));
    }

    private void assertThatAllGoesOnWhenItHasPassed(MatrixRow row, MatrixCall call) {
        int calls = row.expected().get(call).retried() ? 1 : 0;

        MatrixOutcome passing = drawAfter(row, row.fault(), calls, call, row.patientOptions());

        assertThat(passing.isPicture()).as(passing.message()).isTrue();
        assertThat(passing.callsMore(call)).isEqualTo(calls);
        if (call == MatrixCall.CHAT) {
            // The turn that failed is not part of the conversation.
            assertThat(routes.emulator().requests().get(0).body().path("contents"))
                    .hasSize(3);
        }
    }

    /** Makes a call to a server that has a fault for so many calls, and none afterwards. */
    private MatrixOutcome drawAfter(MatrixRow row, Fault fault, int times, MatrixCall call, String options) {
        // What is left of the call before, when it was one of several, is told from this one by its prompt.
        String prompt = "cat number " + ++drawn;
        routes.emulator().clear();
        if (fault != null) {
            routes.emulator().on(RequestMatcher.prompt(prompt)).answer(fault).times(times);
        }
        routes.emulator().on(RequestMatcher.any()).answer(PICTURE);
        Exchange exchange = routes.send(
                call.uri(LIMITS + row.service().options(routes.emulator(), options)),
                call.body(),
                call.headers(prompt));
        MatrixOutcome outcome = MatrixOutcome.of(exchange, call);
        if (fault != null && (call != MatrixCall.FOUR || outcome.isPicture())) {
            // Nobody but the component made a call, so that each is counted.
            assertThat(routes.emulator().requests())
                    .filteredOn(request -> request.prompt().equals(prompt))
                    .hasSize(outcome.calls());
        }
        return outcome;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cellsInASmallHeap")
    void faultEndsAsExpectedInASmallHeap(MatrixRow row, MatrixCall call) throws Exception {
        if (inASmallHeap.isEmpty()) {
            drawInASmallHeap();
        }
        Expected expected = row.expected().get(call);
        MatrixOutcome outcome = inASmallHeap.get(row + "\t" + call.name());

        assertThatItIs(expected, outcome, call);
        page.add(row, call, new MatrixPage.Cell(outcome, expected.says()));
    }

    private void drawInASmallHeap() throws Exception {
        List<Object> arguments = new ArrayList<>();
        List<String> scripts = new ArrayList<>();
        try (OtherJvm.Emulator emulator = new OtherJvm.Emulator()) {
            arguments.addAll(List.of(emulator.baseUrl(), spool));
            rows.stream().filter(row -> row.json() != null).forEach(row -> {
                arguments.add(row);
                scripts.add("{'prompt': '" + row + "', 'faults': [" + row.json() + ", " + PIXELS + "]}");
            });
            scripts.add("{'faults': [" + PIXELS + "]}");
            emulator.script(scripts.toArray(String[]::new));
            try (OtherJvm jvm = OtherJvm.start(
                    List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), SmallHeap.class, arguments.toArray())) {
                for (int i = 0; i < (arguments.size() - 2) * MatrixCall.values().length; i++) {
                    String[] line = jvm.lineWith("cell\t").split("\t", -1);
                    inASmallHeap.put(line[1] + "\t" + line[2], MatrixOutcome.ofLine(line, 3));
                }
            }
        }
    }

    private static void assertThatItIs(Expected expected, MatrixOutcome outcome, MatrixCall call) {
        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(expected.failure());
        assertThat(outcome.message()).contains(expected.says()).doesNotContain(EmulatedRoutes.KEY, ": null");
        assertThat(outcome.callsMore(call)).isEqualTo(expected.retried() ? 1 : 0);
    }

    @AfterAll
    static void stopServersAndCompareThePage() throws IOException {
        elsewhere.close();
        for (Socket socket : queued) {
            socket.close();
        }
        full.close();
        ofAnotherName.close();
        expired.close();
        if (page.isComplete(rows)) {
            Files.writeString(WRITTEN, page.text(rows));
            assertThat(Files.readString(WRITTEN))
                    .as(
                            "What happened is not what the documentation says. If it is right: cp"
                                    + " camel-gemini-image-component/target/fault-matrix.adoc docs/src/docs/asciidoc/_fault-matrix.adoc")
                    .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
        }
    }
}
