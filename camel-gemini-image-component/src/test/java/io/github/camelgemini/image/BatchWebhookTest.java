package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.batch.Batches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Webhook calls at the end of a batch, signed by the service, with every fault: each picture is delivered once. */
@Timeout(120)
class BatchWebhookTest {

    private static final String PATH = "/hooks/9f86d081884c7d659a2feaa0c55ad015";
    private static final Duration LATE = Duration.ofMinutes(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Headers that the JDK's client sets itself, or does not allow to be set. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings");

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<Exchange> came = new CopyOnWriteArrayList<>();
    private String hook;

    @BeforeEach
    void serve() throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("localhost");
        configuration.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        routes.context().addService(server);
        hook = "http://localhost:" + server.getPort() + PATH;
    }

    /** How calls are signed. */
    enum Signed {
        /** With the secret of a registered webhook. */
        SECRET("batches.create"),
        /** With a token, for a batch's own webhook. */
        TOKEN("batches.create"),
        /** Not at all, as at inference.sh. */
        NOT("apps.run");

        private final String submission;

        Signed(String submission) {
            this.submission = submission;
        }
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Signed.SECRET, Fault.webhookTwice()),
                Arguments.of(Signed.SECRET, Fault.webhookLate(LATE)),
                Arguments.of(Signed.SECRET, Fault.webhookForged()),
                Arguments.of(Signed.SECRET, Fault.webhookOld()),
                Arguments.of(Signed.TOKEN, Fault.webhookTwice()),
                Arguments.of(Signed.TOKEN, Fault.webhookLate(LATE)),
                Arguments.of(Signed.TOKEN, Fault.webhookForged()),
                Arguments.of(Signed.TOKEN, Fault.webhookOld()),
                // Unsigned calls have no age.
                Arguments.of(Signed.NOT, Fault.webhookTwice()),
                Arguments.of(Signed.NOT, Fault.webhookLate(LATE)),
                Arguments.of(Signed.NOT, Fault.webhookForged()));
    }

    private String options(Signed signed) {
        return signed == Signed.NOT
                ? "&service=inferencesh&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                        + routes.emulator().inferenceshUrl()
                : "";
    }

    private String register() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(routes.emulator().baseUrl() + "/v1beta/webhooks"))
                .header("x-goog-api-key", EmulatedRoutes.KEY)
                .POST(BodyPublishers.ofString(
                        "{\"name\":\"n\",\"uri\":\"" + hook + "\",\"subscribed_events\":[\"batch.succeeded\"]}"))
                .build();
        String answer = HTTP.send(request, BodyHandlers.ofString()).body();
        return new ObjectMapper().readTree(answer).path("new_signing_secret").asText();
    }

    private void bring(String options) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("gemini-image:batchResults?initialDelay=0&webhookPath=" + PATH + options)
                        .routeId("results")
                        .process(came::add);
            }
        });
        ScheduledPollConsumer consumer =
                (ScheduledPollConsumer) routes.context().getRoute("results").getConsumer();
        await().until(consumer::isFirstPollDone);
    }

    private void bring(Signed signed, String delay) throws Exception {
        bring(delay + options(signed) + (signed == Signed.SECRET ? "&webhookSecret=RAW(" + register() + ")" : ""));
    }

    private void submit(String options) {
        Exchange submitted = routes.send(
                "gemini-image:batch?imageSize=1K" + options,
                Map.of("cat", Map.of("prompt", "a cat"), "dog", Map.of("prompt", "a dog")),
                Map.of(GeminiImageHeaders.BATCH_ID, "b"));
        assertThat(submitted.getException()).isNull();
    }

    private void submit(Signed signed, Fault... faults) {
        if (faults.length > 0) {
            routes.emulator().on(RequestMatcher.operation(signed.submission)).answer(faults);
        }
        submit(options(signed) + (signed == Signed.SECRET ? "" : "&webhook=" + hook));
    }

    private void drawn() {
        routes.emulator().clock().advance(Duration.ofHours(24));
    }

    private void assertEachCameOnce() {
        Batches batches = new Batches(
                routes.component().batchRepository(routes.component().getConfiguration()));
        await().until(() -> {
            routes.emulator().clock().advance(Duration.ofMinutes(1));
            return batches.find("b").orElseThrow().isDelivered();
        });
        assertThat(came.stream().map(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY)))
                .containsExactlyInAnyOrder("cat", "dog");
        assertThat(came).allMatch(exchange -> exchange.getException() == null);
    }

    /** There are no polls, so only the calls cause deliveries. */
    @ParameterizedTest
    @MethodSource("faults")
    void callsOfTheServiceBringEachPictureOnce(Signed signed, Fault fault) throws Exception {
        bring(signed, "&delay=1h");
        submit(signed, fault, fault);
        assertThat(came).isEmpty();

        drawn();

        assertEachCameOnce();
    }

    @Test
    void aCallOfTheServiceBringsEachPicture() throws Exception {
        bring(Signed.TOKEN, "&delay=1h");
        submit(Signed.TOKEN);

        drawn();

        assertEachCameOnce();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsLostIsMadeUpForByThePoll(Signed signed) throws Exception {
        bring(signed, "&delay=20");
        submit(signed, Fault.webhookLost(), Fault.webhookLost());

        drawn();

        assertEachCameOnce();
    }

    @Test
    void theKeysAreFetchedByTheProxyOfTheRoute() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::forward);
        proxy.start();
        try {
            String connection = "&baseUrl=http://gemini.invalid&proxyHost=localhost&proxyPort="
                    + proxy.getAddress().getPort();
            bring("&delay=1h" + connection);
            submit(connection + "&webhook=" + hook);

            drawn();

            assertEachCameOnce();
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void theKeysAreFetchedByTheTlsOfTheRoute(@TempDir Path folder) throws Exception {
        try (HttpsGateway gateway = new HttpsGateway(folder, "localhost", "-validity", "2")) {
            gateway.page("/", this::forward);
            routes.context().getRegistry().bind("trust", gateway.trust());
            String connection = "&sslContextParameters=#trust&baseUrl=" + gateway.url();
            bring("&delay=1h" + connection);
            submit(connection + "&webhook=" + hook);

            drawn();

            assertEachCameOnce();
        }
    }

    /** Forwards a call like a proxy or a gateway. */
    private void forward(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(routes.emulator().baseUrl() + asked.getRawPath() + query))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers().firstValue("content-type").ifPresent(type -> exchange.getResponseHeaders()
                    .add("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
