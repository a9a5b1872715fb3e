package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How services are called by Camel HTTP, seen from a route. */
@Timeout(120)
class ServiceOverHttpTest {

    private static final int PATIENCE_MILLIS = 60_000;

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private static String uri(String baseUrl, String options) {
        return "gemini-image:generate?service=aimlapi&maxRetries=0&apiKey=" + EmulatedRoutes.KEY + "&baseUrl=" + baseUrl
                + options;
    }

    private static byte[] answer() {
        String picture = Base64.getEncoder().encodeToString(Pictures.draw("png", 30, 20));
        return ("{\"data\":[{\"b64_json\":\"" + picture + "\"}]}").getBytes(StandardCharsets.UTF_8);
    }

    private static HttpsGateway gateway(Path folder) throws Exception {
        HttpsGateway gateway = new HttpsGateway(folder, "localhost", "-validity", "2");
        gateway.page("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer().length);
            exchange.getResponseBody().write(answer());
            exchange.close();
        });
        return gateway;
    }

    private void assertDrawn(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(GeneratedImage.class).width()).isEqualTo(30);
    }

    @Test
    void tlsIsThatOfTheRoute(@TempDir Path folder) throws Exception {
        try (HttpsGateway gateway = gateway(folder)) {
            routes.context().getRegistry().bind("tls", gateway.trust());

            assertDrawn(routes.send(uri(gateway.url(), "&sslContextParameters=#tls"), "a cat"));
        }
    }

    @Test
    void tlsIsThatOfTheHttpsComponentWhereTheRouteHasNone(@TempDir Path folder) throws Exception {
        try (HttpsGateway gateway = gateway(folder)) {
            routes.context().getComponent("https", HttpComponent.class).setSslContextParameters(gateway.trust());

            assertDrawn(routes.send(uri(gateway.url(), ""), "a cat"));
        }
    }

    @Test
    void certificateThatNobodyKnowsIsNotTrusted(@TempDir Path folder) throws Exception {
        try (HttpsGateway gateway = gateway(folder)) {
            assertThat(routes.failure(uri(gateway.url(), ""), "a cat", Map.of(), AuthenticationException.class))
                    .hasMessageContaining("The certificate of localhost is not trusted")
                    .hasMessageContaining("sslContextParameters");
        }
    }

    @Test
    void callsGoByTheProxyOfTheRoute() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0)) {
            proxy.setSoTimeout(PATIENCE_MILLIS);
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> answerOnce(proxy));

            assertDrawn(routes.send(
                    uri("http://service.invalid", "&proxyHost=localhost&proxyPort=" + proxy.getLocalPort()), "a cat"));

            assertThat(asked.join()).startsWith("POST http://service.invalid/v1/images/generations HTTP/1.1");
        }
    }

    /** Gives the first line of a request. */
    private static String answerOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            int length = 0;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            in.skip(length);
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer().length + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(answer());
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void secureCallsAskTheProxyInClearForATunnel() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0)) {
            proxy.setSoTimeout(PATIENCE_MILLIS);
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuseOnce(proxy));

            routes.send(
                    uri("https://service.invalid", "&proxyHost=localhost&proxyPort=" + proxy.getLocalPort()), "a cat");

            assertThat(asked.join()).startsWith("CONNECT service.invalid:443 HTTP/1.1");
        }
    }

    private static String refuseOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                assertThat(line).doesNotContain(EmulatedRoutes.KEY);
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void connectionManagerOfTheUserIsUsedAndLeftOpen() throws Exception {
        // Such a manager has logs of its own, which show keys, as the security page says.
        Configurator.setLevel("org.apache.hc.client5.http", Level.INFO);
        PoolingHttpClientConnectionManager manager = new PoolingHttpClientConnectionManager();
        routes.context().getComponent("http", HttpComponent.class).setClientConnectionManager(manager);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:draw").routeId("draw").to(uri(routes.emulator().aimlapiUrl(), ""));
            }
        });
        try {
            assertThat(routes.send("direct:draw", "a cat").getException()).isNull();
        } finally {
            Configurator.reconfigure();
        }
        assertThat(manager.getTotalStats().getAvailable()).isEqualTo(1);

        routes.context().getRouteController().stopRoute("draw");

        assertThat(manager.isClosed()).isFalse();
        manager.close();
    }

    @Test
    void headersOfTheExchangeAreNotSent() {
        Exchange exchange = routes.send(
                uri(routes.emulator().aimlapiUrl(), "&additionalHeader.X-Tenant=blue"),
                "a cat",
                Map.of(
                        "X-Secret",
                        "of the route",
                        Exchange.HTTP_URI,
                        "http://localhost:1/",
                        Exchange.HTTP_PATH,
                        "/elsewhere",
                        Exchange.HTTP_QUERY,
                        "a=b",
                        "Cookie",
                        "a=b"));

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(0)).satisfies(sent -> {
            assertThat(sent.path()).endsWith("/v1/images/generations");
            assertThat(sent.query()).isEmpty();
            assertThat(sent.header("X-Secret")).isEmpty();
            assertThat(sent.header("Cookie")).isEmpty();
            assertThat(sent.header("X-Tenant")).contains("blue");
            assertThat(sent.headers().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"));
        });
    }

    @Test
    void nobodyMeetsAnEndpointOfCamelHttp() {
        assertThat(routes.send(uri(routes.emulator().aimlapiUrl(), ""), "a cat").getException())
                .isNull();

        assertThat(routes.context().getEndpoints())
                .allMatch(endpoint -> endpoint.getEndpointUri().startsWith("gemini-image"));
        assertThat(routes.context().getInflightRepository().size()).isZero();
    }

    @Test
    void callEndsWithItsRequestTimeout() {
        routes.emulator().next(Fault.stallBeforeHeaders());

        assertThat(routes.failure(
                        uri(routes.emulator().aimlapiUrl(), "&requestTimeout=300"),
                        "a cat",
                        Map.of(),
                        RequestTimeoutException.class))
                .isNotNull();
    }

    @Test
    void modelMayDrawForLongerThanIdleTimeout() {
        routes.emulator().next(Fault.delay(Duration.ofSeconds(3)));

        assertThat(routes.send(uri(routes.emulator().aimlapiUrl(), "&idleTimeout=2000"), "a cat")
                        .getException())
                .isNull();
    }

    @Test
    void requestIsGivenUpThatATlsServerDoesNotTake(@TempDir Path folder) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (HttpsGateway gateway = new HttpsGateway(folder, "localhost", "-validity", "2")) {
            gateway.page("/", exchange -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            routes.context().getRegistry().bind("tls", gateway.trust());
            byte[] large = Arrays.copyOf(Pictures.draw("png", 30, 20), 20_000_000);
            String uri = uri(gateway.url(), "&requestTimeout=5000&prompt=blue&sslContextParameters=#tls");

            CompletableFuture<Exchange> sent = CompletableFuture.supplyAsync(() -> routes.send(uri, large));

            try {
                await().until(ServiceOverHttpTest::isSending);
                assertThat(sent.get(1, TimeUnit.MINUTES).getException()).isInstanceOf(RequestTimeoutException.class);
                await().until(() -> !isSending());
            } finally {
                // Before the gateway is closed, which waits for its page.
                end.countDown();
            }
        }
    }

    private static boolean isSending() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith(".SentBody"));
    }

    @Test
    void bombOfZerosIsRefused() {
        routes.emulator().next(Fault.endlessBody(), Fault.gzip());

        assertThat(routes.failure(
                        uri(routes.emulator().aimlapiUrl(), ""), "a cat", Map.of(), MalformedResponseException.class))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void packedAnswerIsRead() {
        routes.emulator().next(Fault.inlineData(), Fault.gzip());

        assertThat(routes.send(uri(routes.emulator().aimlapiUrl(), ""), "a cat").getException())
                .isNull();
    }

    @Test
    void threadsOfCallsEndWithTheContext() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(routes.send(uri(routes.emulator().aimlapiUrl(), ""), "a cat").getException())
                .isNull();

        List<Thread> ofCalls = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread ->
                        thread.getName().contains("(" + routes.context().getName() + ")")
                                || thread.getName().contains("idle-connection-evictor"))
                .toList();
        assertThat(ofCalls).extracting(Thread::getName).anyMatch(name -> name.contains("GeminiImage"));

        routes.context().stop();

        await().until(() -> ofCalls.stream().noneMatch(Thread::isAlive));
    }

    /** Everything of Camel HTTP is gone, as where nobody has it as a dependency. */
    private static final class WithoutCamelHttp extends ClassLoader {

        WithoutCamelHttp() {
            super(ServiceOverHttpTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.camel.component.http.") || name.startsWith("org.apache.hc.")) {
                throw new ClassNotFoundException(name);
            }
            boolean ours = name.startsWith("io.github.camelgemini.image.backend.http.")
                    || name.startsWith("io.github.camelgemini.image.backend.aimlapi.");
            if (!ours || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void withoutCamelHttpItIsNamed() throws Exception {
        ImageService service = (ImageService) Class.forName(
                        "io.github.camelgemini.image.backend.aimlapi.AimlApiService", true, new WithoutCamelHttp())
                .getConstructor()
                .newInstance();
        ServiceOptions options = new ServiceOptions(
                EmulatedRoutes.KEY,
                null,
                null,
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                null,
                null,
                Map.of(),
                null);

        assertThat(service.traits()).hasSize(1);
        assertThatThrownBy(() -> service.open(options, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("service=aimlapi requires Camel HTTP")
                .hasMessageContaining("org.apache.camel:camel-http");
    }
}
