package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.docs.routes.CallbackRoutes;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.request.fetch.PublicServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of the how-to page that call the sender back. */
@Timeout(60)
class CallbackTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final PublicServers publicServers = new PublicServers();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private HttpServer caller;

    @BeforeEach
    void start() throws Exception {
        caller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        caller.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
        });
        caller.start();
        context.getComponent("gemini-image", GeminiImageComponent.class).useEmulator(EMULATOR.baseUrl());
        context.getRegistry().bind("publicServers", publicServers);
        Properties properties = new Properties();
        properties.setProperty("pictures", folder.toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        context.addRoutes(new CallbackRoutes());
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        caller.stop(0);
    }

    private Exchange order(String route) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "order", "4711",
                "Authorization", "Bearer of the sender",
                "callback", "http://localhost:" + caller.getAddress().getPort() + "/hook"));
        return context.createProducerTemplate().send(route, exchange -> {
            exchange.getMessage().setBody("A lighthouse");
            exchange.getMessage().setHeaders(all);
        });
    }

    @Test
    void callerIsToldWhenThePictureIsStored() {
        publicServers.setAllowedHosts("localhost");

        assertThat(order("direct:order").getException()).isNull();

        assertThat(told).containsExactly("{\"order\": \"4711\", \"picture\": \"4711.jpg\"}");
        assertThat(folder.resolve("4711.jpg")).matches(Files::isRegularFile);
        assertThat(headers).doesNotContain("Authorization", "Order", "Callback");
    }

    @Test
    void addressOfTheOwnNetworkIsNotCalled() {
        assertThat(order("direct:order").getException()).isInstanceOf(UnknownHostException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void callerIsToldHowItGetsOn() {
        publicServers.setAllowedHosts("localhost");

        assertThat(order("direct:patient-order").getException()).isNull();

        await().untilAsserted(() -> assertThat(told)
                .containsExactly(
                        "{\"order\": \"4711\", \"state\": \"started\"}", "{\"order\": \"4711\", \"state\": \"done\"}"));
    }
}
