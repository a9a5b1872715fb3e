package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that nobody waits for ends, and leaves neither a connection, a thread nor a picture behind. */
@Timeout(60)
class CallsGivenUpTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    @BeforeEach
    void spoolEverything() {
        routes.component().getConfiguration().setSpoolDirectory(spool.toString());
        routes.component().getConfiguration().setSpoolThreshold(0L);
    }

    private String uri(String service) {
        return uri(
                service,
                switch (service) {
                    case "anyfast" -> routes.emulator().anyfastUrl();
                    case "aimlapi" -> routes.emulator().aimlapiUrl();
                    case "inferencesh" -> routes.emulator().inferenceshUrl();
                    default -> routes.emulator().baseUrl();
                });
    }

    private static String uri(String service, String url) {
        return "gemini-image:generate?service=" + service + "&apiKey=" + EmulatedRoutes.KEY + "&baseUrl=" + url;
    }

    @Test
    void pictureThatCameGoesWhenAnotherOfTheSameAnswerDoesNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/images/generations", exchange -> {
            exchange.getRequestBody().readAllBytes();
            reply(
                    exchange,
                    ("{\"data\":[{\"url\":\"" + url + "/there\"},{\"url\":\"" + url + "/not\"}]}")
                            .getBytes(StandardCharsets.UTF_8));
        });
        CountDownLatch came = new CountDownLatch(1);
        server.createContext("/there", exchange -> {
            reply(exchange, Pictures.draw("png", 64, 64));
            came.countDown();
        });
        server.createContext("/not", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        try {
            routes.failure(
                    uri("aimlapi", url) + "&requestTimeout=3000", "a cat", Map.of(), RequestTimeoutException.class);

            assertThat(came.getCount()).isZero();
            Awaitility.await().until(() -> routes.component().state().spoolFiles() == 0);
        } finally {
            end.countDown();
            server.stop(0);
            ((ExecutorService) server.getExecutor()).shutdownNow();
        }
    }

    private static void reply(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "anyfast", "aimlapi"})
    void timeOutClosesTheConnection(String service) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> closed =
                    CompletableFuture.supplyAsync(() -> isClosedByTheClient(server, new CountDownLatch(1)));

            routes.failure(
                    uri(service, "http://localhost:" + server.getLocalPort()) + "&requestTimeout=300",
                    "a cat",
                    Map.of(),
                    RequestTimeoutException.class);

            assertThat(closed.join()).isTrue();
            await().until(() -> threadsInACall() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "anyfast", "aimlapi", "inferencesh"})
    void contextThatStopsClosesTheConnection(String service) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch arrived = new CountDownLatch(1);
            CompletableFuture<Boolean> closed =
                    CompletableFuture.supplyAsync(() -> isClosedByTheClient(server, arrived));
            CompletableFuture<Exchange> call =
                    sendAsync(uri(service, "http://localhost:" + server.getLocalPort()) + "&maxRetries=0");
            arrived.await();

            routes.context().getShutdownStrategy().setTimeout(1);
            routes.context().stop();

            assertThat(closed.join()).isTrue();
            assertThat(call.join().getException()).isInstanceOf(ServiceUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "anyfast", "aimlapi", "inferencesh"})
    void timeOutInTheMiddleOfAPictureRemovesIt(String service) {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pictureBytes(2_000_000), Fault.stallMidBody(1_000_000));

        CompletableFuture<Exchange> call = sendAsync(uri(service) + "&requestTimeout=2000");
        await().until(() -> !SpoolFiles.in(spool).isEmpty() || call.isDone());

        assertThat(call.join().getException()).isInstanceOf(RequestTimeoutException.class);
        await().untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
        await().until(() -> threadsInACall() == 0);
    }

    @Test
    void timeOutWhileReferencesAreSentEndsTheCall() throws Exception {
        routes.emulator().next(Fault.stallBeforeHeaders());
        InputStream once = new ByteArrayInputStream(Pictures.draw("png", 500, 500));

        routes.failure(
                "gemini-image:edit?prompt=older&requestTimeout=300", once, Map.of(), RequestTimeoutException.class);

        await().untilAsserted(() -> assertThat(SpoolFiles.in(spool)).isEmpty());
        await().until(() -> threadsInACall() == 0);
    }

    /** Some time-outs come before the answer, some after it, some at the same time. */
    @Test
    void answersThatRaceWithTheirTimeOutLeaveNothing() {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.pixels(16, 16), Fault.pictureBytes(200_000), Fault.delay(Duration.ofMillis(100)));
        routes.send("gemini-image:generate", "a cat");

        List<CompletableFuture<Exchange>> calls = IntStream.range(0, 120)
                .mapToObj(i -> sendAsync("gemini-image:generate?requestTimeout=" + (90 + i % 40)))
                .collect(Collectors.toCollection(ArrayList::new));

        assertThat(calls.stream().map(call -> call.join().getException())).allSatisfy(failure -> assertThat(failure)
                .satisfiesAnyOf(
                        f -> assertThat(f).isNull(), f -> assertThat(f).isInstanceOf(RequestTimeoutException.class)));
        calls.clear();
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    /** The worst race: the answer is there when the call is cancelled. */
    @Test
    void answerThatIsThereWhenItsTimeIsOverIsDiscarded() throws Exception {
        try (PayloadStore store = new PayloadStore(spool, 0)) {
            routes.context()
                    .getRegistry()
                    .bind("late", new OwnService(new OwnBackend(new AnswersWhenCancelled(store))));

            routes.failure(
                    "gemini-image:generate?service=#late&requestTimeout=100",
                    "a cat",
                    Map.of(),
                    RequestTimeoutException.class);

            assertThat(store.liveFiles()).isZero();
        }
    }

    @Test
    void routeGoesOnWithATimeOutOnAThreadOfCamels() throws Exception {
        routes.emulator().next(Fault.stallBeforeHeaders());
        CompletableFuture<String> thread = new CompletableFuture<>();
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:start")
                .onException(RequestTimeoutException.class)
                .handled(true)
                .process(e -> thread.complete(Thread.currentThread().getName()))
                .end()
                .to("gemini-image:generate?requestTimeout=200"));

        routes.send("direct:start", "a cat");

        assertThat(thread.join()).contains("GeminiImage");
    }

    @Test
    void branchThatOutlivesTheTimeOutOfItsMulticastLeavesNothing() throws Exception {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.pixels(16, 16), Fault.pictureBytes(200_000), Fault.delay(Duration.ofMillis(500)));
        CompletableFuture<Object> drawn = new CompletableFuture<>();
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:start")
                .multicast()
                .parallelProcessing()
                .timeout(100)
                .to("direct:branch")
                .end());
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:branch")
                .to("gemini-image:generate")
                .process(e -> drawn.complete(e.getMessage().getBody(byte[].class))));

        routes.send("direct:start", "a cat");

        assertThat(drawn.join())
                .asInstanceOf(InstanceOfAssertFactories.BYTE_ARRAY)
                .hasSize(200_000);
        await().untilAsserted(() -> assertThat(SpoolFiles.left(spool)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "anyfast", "aimlapi", "inferencesh"})
    void contextThatStopsEndsCallsInFlightAndThoseThatWait(String service) throws Exception {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pictureBytes(2_000_000), Fault.stallMidBody(1_000_000));
        String uri = uri(service) + "&maxConcurrentRequests=2";
        List<CompletableFuture<Exchange>> calls =
                IntStream.range(0, 4).mapToObj(i -> sendAsync(uri)).toList();
        await().until(() -> SpoolFiles.in(spool).size() == 2);

        routes.context().getShutdownStrategy().setTimeout(1);
        routes.context().stop();

        assertThat(calls).allSatisfy(call -> assertThat(call.join().getException())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("The component was stopped"));
        assertThat(spool).isEmptyDirectory();
        await().until(() -> threadsInACall() == 0);
    }

    private CompletableFuture<Exchange> sendAsync(String uri) {
        return CompletableFuture.supplyAsync(() -> routes.send(uri, "a cat"), task -> new Thread(task).start());
    }

    private static boolean isClosedByTheClient(ServerSocket server, CountDownLatch arrived) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            boolean something = in.read() >= 0;
            arrived.countDown();
            return something && in.transferTo(OutputStream.nullOutputStream()) > 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long threadsInACall() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .filter(frame -> frame.getClassName().endsWith(".PictureTransport")
                        && frame.getMethodName().equals("intercept"))
                .count();
    }

    /** Answers at the moment when it is cancelled. */
    private record AnswersWhenCancelled(PayloadStore store)
            implements Function<ImageRequest, CompletableFuture<ImageResult>> {

        @Override
        public CompletableFuture<ImageResult> apply(ImageRequest request) {
            return new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return !isDone() && !complete(answer());
                }
            };
        }

        private ImageResult answer() {
            try (PayloadStore.Writer writer = store.newWriter()) {
                writer.write(Pictures.draw("png", 16, 16));
                GeneratedImage image = new GeneratedImage(writer.finish(), new ImageInfo("image/png", 16, 16, 1));
                Usage usage = new Usage(0, 0, 0, 0, Map.of(), Map.of());
                return new ImageResult(List.of(image), null, List.of(), "m", null, null, null, usage, null, null, 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
