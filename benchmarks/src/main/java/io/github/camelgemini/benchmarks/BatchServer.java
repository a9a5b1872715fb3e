package io.github.camelgemini.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/**
 * A minimal server for Google's batches, which are done at once. It accepts uploads, and sends a result for each key
 * from 1 on, always with the same picture.
 */
final class BatchServer {

    private static final int EDGE = 168;

    private final int results;
    private final byte[] picture;

    private BatchServer(int results) throws IOException {
        this.results = results;
        this.picture = Base64.getEncoder().encode(picture());
    }

    /** Argument: number of results. Prints its base URL, and serves until it is killed. */
    public static void main(String[] args) throws IOException {
        BatchServer server = new BatchServer(Integer.parseInt(args[0]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", server::answer);
        http.start();
        System.out.println("http://localhost:" + http.getAddress().getPort());
    }

    /** Noise, which JPEG cannot compress: about 18 KB. */
    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int x = 0; x < EDGE; x++) {
            for (int y = 0; y < EDGE; y++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith(":download")) {
                download(exchange);
            } else if (path.endsWith("/files") && exchange.getRequestHeaders().containsKey("X-Goog-Upload-Protocol")) {
                exchange.getResponseHeaders().set("X-Goog-Upload-URL", "http://localhost/upload/1");
                exchange.sendResponseHeaders(200, -1);
            } else if (path.startsWith("/upload")) {
                send(exchange, "{\"file\":{\"name\":\"files/in\",\"uri\":\"files/in\",\"state\":\"ACTIVE\"}}");
            } else if (path.endsWith("/batches")) {
                send(exchange, "{}");
            } else {
                send(
                        exchange,
                        "{\"name\":\"batches/b\",\"metadata\":{\"model\":\"models/" + Setting.MODEL
                                + "\",\"state\":\"BATCH_STATE_SUCCEEDED\",\"output\":{\"responsesFile\":\"files/out\"}}}");
            }
        }
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void download(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] before =
                ("\",\"response\":{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":{"
                                + "\"mimeType\":\"image/jpeg\",\"data\":\"")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] after = ("\"}}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":5,"
                        + "\"candidatesTokenCount\":1120,\"totalTokenCount\":1125},\"modelVersion\":\"" + Setting.MODEL
                        + "\"}}\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            for (int key = 1; key <= results; key++) {
                out.write(("{\"key\":\"" + key).getBytes(StandardCharsets.US_ASCII));
                out.write(before);
                out.write(picture);
                out.write(after);
            }
        }
    }
}
