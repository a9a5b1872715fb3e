package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A route of Camel's {@code platform-http:}. */
final class WebReceiver implements Receiver {

    private final AtomicReference<Received> last = new AtomicReference<>();
    private final Main main = new Main();
    private final int port = freePort();

    WebReceiver() {
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.addInitialProperty("camel.server.max-body-size", "200000000");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/pictures?useStreaming=true").process(WebReceiver.this::keep);
            }
        });
        main.start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(Exchange exchange) throws Exception {
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        last.set(Received.of(exchange.getMessage().getMandatoryBody(InputStream.class), type));
        exchange.getMessage().setBody(null);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("web.server", "localhost:" + port);
    }

    @Override
    public Optional<Received> take() {
        return Optional.ofNullable(last.getAndSet(null));
    }

    @Override
    public void close() {
        main.stop();
    }
}
