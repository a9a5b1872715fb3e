package io.github.camelgemini.image.request.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that calls an address which a message names. */
@Timeout(60)
class PublicServersTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final PublicServers guard = new PublicServers();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (exchange.getRequestURI().getPath().equals("/redirect")) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/inside");
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        context.getRegistry().bind("publicServers", guard);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tell")
                        .setHeader(Exchange.HTTP_URI, header("callback"))
                        .to(
                                "http:callback?httpMethod=POST&followRedirects=true&clientConnectionManager=#publicServers");
                from("direct:tellByClass")
                        .setHeader(Exchange.HTTP_URI, header("callback"))
                        .to("http:callback?httpMethod=POST&clientConnectionManager=#class:"
                                + PublicServers.class.getName());
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        server.stop(0);
    }

    private Exchange tell(String route, String address) {
        return context.createProducerTemplate().send(route, exchange -> {
            exchange.getMessage().setBody("{\"done\":true}");
            exchange.getMessage().setHeaders(new HashMap<>(Map.of("callback", address)));
        });
    }

    private String url(String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "[fd00:ec2::254]",
                "0.0.0.0"
            })
    void addressThatIsNotPublicIsNotConnectedTo(String host) {
        Exchange exchange = tell("direct:tell", url(host, "/hook"));

        assertThat(exchange.getException()).isInstanceOfAny(UnknownHostException.class, IllegalArgumentException.class);
        assertThat(received).isEmpty();
    }

    @Test
    void hostThatTheRouteAllowsIsCalled() {
        guard.setAllowedHosts("partner.example, Localhost");

        assertThat(tell("direct:tell", url("localhost", "/hook")).getException())
                .isNull();
        assertThat(received).containsExactly("POST /hook {\"done\":true}");
    }

    @Test
    void redirectIntoTheNetworkIsNotFollowed() {
        guard.setAllowedHosts("localhost");

        Exchange exchange = tell("direct:tell", url("localhost", "/redirect"));

        assertThat(exchange.getException()).isNotNull();
        assertThat(received).containsExactly("POST /redirect {\"done\":true}");
    }

    @Test
    void metadataOfCloudsIsNeverReached() {
        guard.setAllowedHosts("169.254.169.254");

        assertThat(tell("direct:tell", "http://169.254.169.254/latest/meta-data")
                        .getException())
                .isInstanceOfAny(UnknownHostException.class, IllegalArgumentException.class);
    }

    @Test
    void guardNeedsNoBean() {
        assertThat(tell("direct:tellByClass", url("localhost", "/hook")).getException())
                .isInstanceOfAny(UnknownHostException.class, IllegalArgumentException.class);
        assertThat(received).isEmpty();
    }
}
