package io.github.camelgemini.image.backend.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server with answers from a test, for what the emulator never does. Accepts uploads like the Files API. */
final class BatchServer implements AutoCloseable {

    /** What is answered. */
    interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** @param path with its query */
    record Asked(String method, String path, String body, Map<String, List<String>> headers) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> uploads = new CopyOnWriteArrayList<>();
    private volatile String uploadState = "ACTIVE";

    BatchServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                Map.copyOf(exchange.getRequestHeaders())));
        String command = exchange.getRequestHeaders().getFirst("X-Goog-Upload-Command");
        if ("start".equals(command)) {
            exchange.getResponseHeaders().set("X-Goog-Upload-URL", url() + "/upload/here");
            json(exchange, 200, "{}");
        } else if (command != null) {
            uploads.add(body);
            json(
                    exchange,
                    200,
                    "{'file':{'name':'files/u%1$d','uri':'%2$s/v1beta/files/u%1$d','state':'%3$s'}}"
                            .formatted(uploads.size(), url(), uploadState));
        } else {
            pages.getOrDefault(
                            exchange.getRequestMethod() + " " + path,
                            e -> json(e, 404, "{'error':{'code':404,'message':'no such thing','status':'NOT_FOUND'}}"))
                    .answer(exchange);
        }
    }

    /** Single quotation marks stand for double ones. */
    static void json(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** @param methodAndPath such as {@code GET /v1beta/batches/b1} */
    BatchServer page(String methodAndPath, Page page) {
        pages.put(methodAndPath, page);
        return this;
    }

    BatchServer page(String methodAndPath, int status, String json) {
        return page(methodAndPath, exchange -> json(exchange, status, json));
    }

    /** @param state of files that are uploaded from now on */
    BatchServer uploadState(String state) {
        uploadState = state;
        return this;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Files that were uploaded. */
    List<String> uploads() {
        return uploads;
    }

    List<Asked> asked() {
        return asked;
    }

    /** What was asked of it under a path that ends like this. */
    List<Asked> asked(String method, String pathEnd) {
        return asked.stream()
                .filter(each -> each.method().equals(method)
                        && each.path().replaceFirst("\\?.*", "").endsWith(pathEnd))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
