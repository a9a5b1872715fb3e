package io.github.camelgemini.image.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.common.HttpConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by Camel HTTP, to servers of this JVM. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpCallsTest {

    private static final int PATIENCE_MILLIS = 60_000;
    /** Bytes; no socket buffers take so many. */
    private static final long HUGE = 300_000_000;

    @RegisterExtension
    final OpenedCalls opened = new OpenedCalls();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Map<String, List<String>>> headers = new AtomicReference<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 100);
        server.setExecutor(threads);
        page("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        server.start();
    }

    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void page(String path, Page page) {
        server.createContext(path, exchange -> {
            asked.incrementAndGet();
            headers.set(Map.copyOf(exchange.getRequestHeaders()));
            try (exchange) {
                page.answer(exchange);
            }
        });
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static RequestBody json(String json) {
        return RequestBody.create(json.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"));
    }

    private static CompletableFuture<String> send(HttpCalls calls, HttpCall call) {
        return calls.send(call, answer -> answer.status() + " " + answer.text(), read -> {});
    }

    @Test
    void whatIsSentArrivesWithItsLengthAndHeaders() throws Exception {
        HttpCalls calls = opened.to(url());
        HttpCall call = HttpCall.post(calls.uri("/echo"), json("{\"a\":1}")).header("Authorization", "Bearer x");

        assertThat(send(calls, call).join()).isEqualTo("200 {\"a\":1}");

        assertThat(headers.get().get("Content-length")).containsExactly("7");
        assertThat(headers.get().get("Content-type")).containsExactly("application/json");
        assertThat(headers.get().get("Authorization")).containsExactly("Bearer x");
    }

    @Test
    void callWhoseAnswerDoesNotBeginInTimeEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        page("/silent", exchange -> {
            exchange.getRequestBody().readAllBytes();
            awaitAll(never, PATIENCE_MILLIS);
        });
        page("/headers", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            awaitAll(never, PATIENCE_MILLIS);
        });
        HttpCalls calls = opened.to(url());

        for (String path : List.of("/silent", "/headers")) {
            HttpCall call = HttpCall.post(calls.uri(path), json("{}")).answeredWithin(Duration.ofMillis(200));
            assertThatThrownBy(() -> send(calls, call).join())
                    .hasCauseInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("no answer arrived for 200 ms");
        }
        never.countDown();
    }

    @Test
    void pageInThePlaceOfJsonSaysNothingOfWhatTheServiceWouldSay() throws Exception {
        String[] pages = {"<html>", "\n\n  <!doctype html>", "", "{}", " {\"a\":\"" + "<".repeat(500) + "\"}"};
        AtomicInteger number = new AtomicInteger();
        page("/page", exchange -> {
            byte[] body = pages[number.getAndIncrement()].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
        HttpCalls calls = opened.to(url());

        for (int i = 0; i < pages.length; i++) {
            CompletableFuture<String> read = calls.send(
                    HttpCall.get(calls.uri("/page")),
                    answer -> new String(answer.json().readAllBytes(), StandardCharsets.UTF_8),
                    json -> {});
            if (i < 2) {
                assertThatThrownBy(read::join)
                        .hasCauseInstanceOf(ServiceUnavailableException.class)
                        .hasMessageContaining("the answer is an HTML page instead of JSON");
            } else {
                assertThat(read.join()).isEqualTo(pages[i]);
            }
        }
    }

    @Test
    void nothingIsSentToAPrivateServerThatOnlyTheServiceNames() throws Exception {
        HttpCalls calls = opened.to("http://sketch.example");

        for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
            HttpCall put = HttpCall.of(
                    "PUT",
                    URI.create("http://" + host + ":" + server.getAddress().getPort() + "/echo"),
                    json("{}"));
            assertThatThrownBy(() -> calls.sendElsewhere(put, HttpAnswer::status, status -> {})
                            .join())
                    .hasCauseInstanceOf(MalformedResponseException.class)
                    .hasMessageContaining("has no public address");
        }

        assertThat(asked).hasValue(0);
        assertThat(calls.mayBeCalled("https://10.0.0.1/a")).isFalse();
        assertThat(calls.mayBeCalled("http://www.example.com/a")).isFalse();
        assertThat(calls.mayBeCalled("https://www.example.com/a")).isTrue();
        assertThat(calls.mayBeCalled("http://sketch.example/a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "../models", "a\\b", "", " ", "a\nb"})
    void whatWouldLeadToAnotherPathIsNoPartOfOne(String id) {
        assertThatThrownBy(() -> HttpCalls.segment(id)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void partOfAPathIsEncoded() {
        assertThat(HttpCalls.segment("a b?c#d%2F..e")).isEqualTo("a%20b%3Fc%23d%252F..e");
    }

    @Test
    void fortyCallsAreInFlightAtATime() throws Exception {
        CountDownLatch all = new CountDownLatch(40);
        page("/slow", exchange -> {
            all.countDown();
            awaitAll(all);
            exchange.sendResponseHeaders(200, -1);
        });
        HttpCalls calls = opened.to(url());

        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(send(calls, HttpCall.get(calls.uri("/slow"))));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("200 "));
    }

    private static void awaitAll(CountDownLatch latch, long millis) throws IOException {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void awaitAll(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void connectionIsUsedAgainWhenTheAnswerWasReadWhole() throws Exception {
        List<Integer> ports = new ArrayList<>();
        page("/port", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
        });
        HttpCalls calls = opened.to(url());

        send(calls, HttpCall.get(calls.uri("/port"))).join();
        send(calls, HttpCall.get(calls.uri("/port"))).join();

        assertThat(ports).hasSize(2);
        assertThat(ports.get(0)).isEqualTo(ports.get(1));
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        page("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", url() + "/echo");
            exchange.sendResponseHeaders(302, -1);
        });
        HttpCalls calls = opened.to(url());

        assertThat(send(calls, HttpCall.get(calls.uri("/away"))).join()).isEqualTo("302 ");
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusedCallIsNotSentAgain() throws Exception {
        page("/busy", exchange -> exchange.sendResponseHeaders(503, -1));
        HttpCalls calls = opened.to(url());

        assertThat(send(calls, HttpCall.post(calls.uri("/busy"), json("{}"))).join())
                .isEqualTo("503 ");
        assertThat(asked).hasValue(1);
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        page("/cookie", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            exchange.sendResponseHeaders(200, -1);
        });
        HttpCalls calls = opened.to(url());
        send(calls, HttpCall.get(calls.uri("/cookie"))).join();

        send(calls, HttpCall.get(calls.uri("/cookie"))).join();

        assertThat(headers.get()).doesNotContainKey("Cookie");
    }

    @Test
    void callGivenUpEndsAtTheServer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            silent.setSoTimeout(PATIENCE_MILLIS);
            HttpCalls calls = opened.to("http://localhost:" + silent.getLocalPort());
            CompletableFuture<String> answer = send(calls, HttpCall.post(calls.uri("/"), json("{}")));
            try (Socket socket = silent.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                assertThat(socket.getInputStream().read()).isEqualTo('P');

                answer.cancel(true);

                await().until(() -> isEnded(socket));
            }
        }
    }

    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(100);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void answerThatStallsIsGivenUpAfterIdleTimeout() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        page("/stall", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitAll(end);
        });
        HttpCalls calls = opened.to(url(), patient(Duration.ofMillis(300)));

        assertThatThrownBy(() -> send(calls, HttpCall.get(calls.uri("/stall"))).join())
                .hasCauseInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("after 5 bytes of the answer, nothing arrived for idleTimeout=300 ms");
        end.countDown();
    }

    private static UnaryOperator<ServiceOptions> patient(Duration idle) {
        return o -> new ServiceOptions(
                o.apiKey(),
                o.baseUrl(),
                o.apiVersion(),
                o.headers(),
                o.connectTimeout(),
                idle,
                o.proxy(),
                o.tls(),
                o.own(),
                o.emulator());
    }

    private static final class Zeros extends RequestBody {

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return HUGE;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] block = new byte[10_000];
            for (long written = 0; written < HUGE; written += block.length) {
                sink.write(block);
            }
        }
    }

    @Test
    void requestThatNobodyTakesIsGivenUpAfterIdleTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            silent.setSoTimeout(PATIENCE_MILLIS);
            silent.setReceiveBufferSize(4096);
            HttpCalls calls = opened.to("http://localhost:" + silent.getLocalPort(), patient(Duration.ofMillis(300)));
            HttpCall call = HttpCall.post(calls.uri("/"), new Zeros());

            assertThatThrownBy(() -> send(calls, call).join())
                    .hasCauseInstanceOf(ServiceUnavailableException.class)
                    .hasMessageContaining("the server accepted no more of the request for idleTimeout=300 ms");
        }
    }

    @Test
    void answerIsReadThatComesBeforeTheRequestWasTaken() throws Exception {
        try (ServerSocket hasty = new ServerSocket(0)) {
            hasty.setSoTimeout(PATIENCE_MILLIS);
            HttpCalls calls = opened.to("http://localhost:" + hasty.getLocalPort());
            HttpCall call = HttpCall.post(calls.uri("/"), new Zeros());
            CompletableFuture<String> answer = send(calls, call);
            try (Socket socket = hasty.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getInputStream().readNBytes(1000);
                socket.getOutputStream()
                        .write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig"
                                .getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();

                assertThat(drained(socket)).isLessThan(HUGE / 2);
            }

            assertThat(answer.join()).isEqualTo("413 big");
        }
    }

    /** Takes what still comes, and counts its bytes. */
    private static long drained(Socket socket) {
        long count = 0;
        byte[] buffer = new byte[8192];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                count += read;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The client holds the connection after " + count + " bytes", e);
        } catch (IOException e) {
            // It was reset.
        }
        return count;
    }

    @Test
    void serverThatIsNotThereIsNamed() throws Exception {
        HttpCalls calls = opened.to("http://localhost:1");

        assertThatThrownBy(() -> send(calls, HttpCall.get(calls.uri("/"))).join())
                .hasCauseInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("Sketch Service cannot be reached");
    }

    @Test
    void nothingOfItIsInTheContext() throws Exception {
        opened.context.start();
        HttpCalls calls = opened.to(url());
        send(calls, HttpCall.get(calls.uri("/echo?key=" + OpenedCalls.KEY))).join();

        assertThat(opened.context.getEndpoints()).isEmpty();
        assertThat(opened.context.getInflightRepository().size()).isZero();
        assertThat(calls + "" + HttpCall.get(URI.create(url() + "?key=" + OpenedCalls.KEY)))
                .doesNotContain(OpenedCalls.KEY);
    }

    @Test
    void clientIsAsTheComponentOfTheContextIsConfigured() throws Exception {
        HttpComponent http = new HttpComponent();
        http.setUserAgent("Agent Smith");
        http.setHttpClientConfigurer(builder -> builder.addRequestInterceptorLast(
                (request, entity, context) -> request.setHeader("X-Configured", "yes")));
        opened.context.addComponent("http", http);
        opened.context.start();
        HttpCalls calls = opened.to(url());

        send(calls, HttpCall.get(calls.uri("/echo"))).join();

        assertThat(headers.get().get("User-agent")).containsExactly("Agent Smith");
        assertThat(headers.get().get("X-configured")).containsExactly("yes");
    }

    @Test
    void streamThatSaysSoMayPauseBetweenItsEventsForLongerThanIdleTimeout() throws Exception {
        page("/events", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            // Longer than idleTimeout; nobody ends it.
            awaitAll(new CountDownLatch(1), 900);
            exchange.getResponseBody().write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
        });
        HttpCalls calls = opened.to(url(), patient(Duration.ofMillis(300)));

        assertThat(send(calls, HttpCall.get(calls.uri("/events"))).join()).isEqualTo("200 data: 1\n\ndata: 2\n\n");
    }

    @Test
    void baseUrlIsTakenAsItIs() throws Exception {
        assertThat(opened.to("https://gateway.example.com/v1/").uri("/draw?a=b"))
                .hasToString("https://gateway.example.com/v1/draw?a=b");
        assertThat(opened.to("https://gateway.example.com").uri("/draw"))
                .hasToString("https://gateway.example.com/draw");
    }

    @Test
    void credentialsForOtherServersStayWithTheComponentOfTheContext() throws Exception {
        HttpConfiguration elsewhere = new HttpConfiguration();
        elsewhere.setAuthMethod("Basic");
        elsewhere.setAuthUsername("intranet");
        elsewhere.setAuthPassword("marked-password");
        HttpComponent http = new HttpComponent();
        http.setHttpConfiguration(elsewhere);
        opened.context.addComponent("http", http);
        opened.context.start();
        page("/login", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"a\"");
            exchange.sendResponseHeaders(401, -1);
        });
        HttpCalls calls = opened.to(url());

        assertThat(send(calls, HttpCall.get(calls.uri("/login"))).join()).isEqualTo("401 ");

        assertThat(headers.get()).doesNotContainKey("Authorization");
        assertThat(asked).hasValue(1);
    }

    @Test
    void hostMayHaveAnUnderscore() throws Exception {
        int proxy = server.getAddress().getPort();
        page("/v1/draw", exchange -> exchange.sendResponseHeaders(200, -1));
        HttpCalls calls = opened.to(
                "http://llm_gateway:8080/v1",
                o -> new ServiceOptions(
                        o.apiKey(),
                        o.baseUrl(),
                        null,
                        Map.of(),
                        o.connectTimeout(),
                        o.idleTimeout(),
                        new ServiceOptions.HttpProxy("localhost", proxy),
                        null,
                        Map.of(),
                        null));

        assertThat(send(calls, HttpCall.post(calls.uri("/draw"), json("{}"))).join())
                .isEqualTo("200 ");

        assertThat(headers.get().get("Host")).containsExactly("llm_gateway:8080");
        assertThat(calls.isOfServer("http://llm_gateway:8080/cat.png")).isTrue();
        assertThat(calls.isOfServer("http://llm_gateway/cat.png")).isFalse();
    }

    @Test
    void pathThatIsNotEncodedIsRefusedWithoutBeingTold() throws Exception {
        HttpCalls calls = opened.to(url());

        assertThatThrownBy(() -> calls.uri("/a b?key=" + OpenedCalls.KEY))
                .isInstanceOf(InvalidRequestException.class)
                .hasStackTraceContaining("Sketch Service")
                .satisfies(failure ->
                        assertThat(failure + " " + failure.getCause()).doesNotContain(OpenedCalls.KEY));
    }

    @Test
    void withoutKeyNothingOpens() {
        assertThatThrownBy(() -> opened.to(
                        url(),
                        o -> new ServiceOptions(
                                null,
                                o.baseUrl(),
                                null,
                                Map.of(),
                                o.connectTimeout(),
                                o.idleTimeout(),
                                null,
                                null,
                                Map.of(),
                                null)))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("apiKey")
                .hasMessageContaining("SKETCH_API_KEY");
    }

    @Test
    void wrongBaseUrlIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> opened.to("https://me:secret@host"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("baseUrl")
                .hasMessageNotContaining("secret");
    }

    @Test
    void pathStaysAsItIsWhereTheVersionIsNamedBesideIt() throws Exception {
        HttpCalls calls = opened.to(
                "https://gateway.example/v1",
                options -> new ServiceOptions(
                        options.apiKey(),
                        options.baseUrl(),
                        "v1beta",
                        Map.of(),
                        options.connectTimeout(),
                        options.idleTimeout(),
                        null,
                        null,
                        Map.of(),
                        null));

        assertThat(calls.uri("/v1beta/models")).hasToString("https://gateway.example/v1/v1beta/models");
    }
}
