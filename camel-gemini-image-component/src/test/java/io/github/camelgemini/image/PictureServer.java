package io.github.camelgemini.image;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A web server on 127.0.0.1 with pages from a test. */
public final class PictureServer implements BeforeEachCallback, AfterEachCallback {

    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ExecutorService threads;

    /** A received request. */
    public record Received(String path, Headers headers) {}

    /** The behaviour of a page. */
    public interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The base URL, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** All requests, in order. */
    public List<Received> requests() {
        return requests;
    }

    public void page(String path, Page page) {
        server.createContext(path, exchange -> {
            requests.add(new Received(exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
            try (exchange) {
                page.answer(exchange);
            }
        });
    }

    public void page(String path, int status, Map<String, String> headers, byte[] body) {
        page(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    public void picture(String path, byte[] picture) {
        page(path, 200, Map.of("Content-Type", "image/png"), picture);
    }

    public void redirect(String path, String location) {
        page(path, 302, Map.of("Location", location), new byte[0]);
    }
}
