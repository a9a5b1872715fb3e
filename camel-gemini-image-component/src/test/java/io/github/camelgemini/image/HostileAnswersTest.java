package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.image.error.GeminiImageException;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server answers, and however long, a JVM with 128 MB of heap survives it, and tells what was wrong. */
@Timeout(300)
class HostileAnswersTest {

    private static final String EVENT = "data: {\"candidates\":[{\"content\":{\"parts\":[%s]}}]}\n\n";
    private static final String X = "x".repeat(500);

    /**
     * What a server answers.
     *
     * @param options of the call, its operation first
     * @param status of the answer
     * @param begin of the answer
     * @param unit what follows without end, or empty; in it {@code @} is a number, another each time
     */
    private record Answer(String name, String options, int status, String begin, String unit) {}

    private static Answer stream(String name, String unit) {
        return new Answer(name, "generate?stream=true", 200, "", unit);
    }

    private static Answer whole(String name, String begin, String unit) {
        return new Answer(name, "generate", 200, begin, unit);
    }

    private static Answer of(String options, String begin, String unit) {
        return new Answer(options.replaceAll("[?=&/]", "-"), options, 200, begin, unit);
    }

    private static String picture(byte[] bytes) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\""
                + Base64.getEncoder().encodeToString(bytes) + "\"}}]},\"finishReason\":\"STOP\"}]}";
    }

    private static final List<Answer> ANSWERS = List.of(
            stream("texts", EVENT.formatted("{\"text\":\"" + X + "\"}")),
            stream("thoughts", EVENT.formatted("{\"text\":\"" + X + "\",\"thought\":true}")),
            stream("signedTexts", EVENT.formatted("{\"text\":\"\",\"thoughtSignature\":\"" + X + "\"}")),
            stream(
                    "unknownParts",
                    EVENT.formatted("{\"functionCall\":{\"name\":\"n@\",\"args\":{\"a@\":\"" + X + "\"}}}")),
            stream("unknownFieldsOfParts", EVENT.formatted("{\"text\":\"\",\"f@\":\"" + X + "\"}")),
            stream("files", EVENT.formatted("{\"fileData\":{\"fileUri\":\"gs://b/@\",\"x@\":\"" + X + "\"}}")),
            stream("members", "data: {\"k@\":\"" + X + "\"}\n\n"),
            stream("membersOfCandidates", "data: {\"candidates\":[{\"k@\":\"" + X + "\"}]}\n\n"),
            stream(
                    "secondCandidates",
                    "data: {\"candidates\":[{},{\"content\":{\"parts\":[{\"text\":\"" + X + "\"}]}}]}\n\n"),
            stream("feedback", "data: {\"promptFeedback\":{\"k@\":\"" + X + "\"}}\n\n"),
            stream("oneEvent", "data: [1,2,3,\n"),
            whole("arrays", "[", "[],"),
            whole("objects", "[", "{},"),
            whole("membersOfWhole", "{", "\"k@\":{\"a\":{}},"),
            whole("depth", "", "{\"a\":"),
            whole("string", "\"", X),
            whole("name", "{\"", X),
            whole("number", "[1", "23456789"),
            whole("blanks", "", " "),
            whole("chunks", "[", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + X + "\"}]}}]},"),
            new Answer("errorText", "generate", 400, "", X),
            new Answer("errorJson", "generate", 400, "{\"error\":{\"message\":\"m\",\"details\":[", "[],"),
            of("models", "{\"models\":[", "{\"name\":\"models/@\"},"),
            new Answer("pages", "models", 200, "{\"models\":[{\"name\":\"models/a\"}],\"nextPageToken\":\"b\"}", ""),
            of("countTokens", "{\"a\":[", "{},"),
            of("batchList", "{\"operations\":[", "{},"),
            of("batchRetrieve?batchId=batches/b1", "{\"", X),
            of("batchRetrieve?batchId=batches/b2", "{\"metadata\":[", "[],"),
            new Answer("bomb", "generate?outputFormat=jpeg", 200, picture(Bombs.png(8_000, 8_000)), ""),
            of("generate?service=anyfast", "[", "[],"),
            of("generate?service=aimlapi", "{\"data\":[", "{},"),
            of("generate?service=inferencesh", "[", "[],"),
            of("generate?service=inferencesh&maxRetries=0", "{\"id\":\"", X),
            of("generate?service=gmi", "[", "[],"),
            of("generate?service=gmi&maxRetries=0", "{\"id\":\"", X),
            of("models?service=gmi", "{\"model_ids\":[", "\"@\","));

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private static Answer raw(String name, String begin, String unit) {
        return new Answer(name, "generate?service=anyfast&maxRetries=0", 0, begin, unit);
    }

    /** With no end before their bodies, or after them. */
    private static final List<Answer> RAW = List.of(
            raw("statusLine", "HTTP/1.1 200 ", X),
            raw("headerValue", OK + "X: ", X),
            raw("headerLines", OK, "X@: " + X + "\r\n"),
            raw("foldedHeader", OK + "X: a", "\r\n " + X),
            raw("interimAnswers", "", "HTTP/1.1 103 Early Hints\r\nX: " + X + "\r\n\r\n"),
            raw("chunkExtension", CHUNKED + "2;a=", X),
            raw("trailers", CHUNKED + "2\r\n{}\r\n0\r\n", "X@: " + X + "\r\n"),
            raw("trailerValue", CHUNKED + "2\r\n{}\r\n0\r\nX: ", X));

    /** Makes each call, and tells what became of it. */
    static final class Calls {

        private Calls() {}

        public static void main(String[] args) throws Exception {
            try (OtherRoutes routes = new OtherRoutes(args[0], args[1])) {
                for (Answer answer : all()) {
                    String server = RAW.contains(answer) ? args[2] : args[0];
                    String uri = "gemini-image:" + answer.options()
                            + (answer.options().contains("?") ? "&" : "?")
                            + "apiKey=any-key&requestTimeout=4000&model=gemini-3.1-flash-image&baseUrl=" + server + "/"
                            + answer.name();
                    long start = System.nanoTime();
                    Exchange exchange =
                            routes.send(uri, answer.options().matches("(batch|models).*") ? null : "a cat", Map.of());
                    Exception failure = exchange.getException();
                    System.out.printf(
                            "answer\t%s\t%s\t%d\t%d ms%n",
                            answer.name(),
                            failure == null ? "none" : failure.getClass().getName(),
                            failure == null ? 0 : failure.getMessage().length(),
                            (System.nanoTime() - start) / 1_000_000);
                }
            }
        }
    }

    private static List<Answer> all() {
        return Stream.concat(ANSWERS.stream(), RAW.stream()).toList();
    }

    private static void serve(ServerSocket server, Executor threads) {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void answer(Socket connection) {
        try (connection) {
            String asked = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            Answer answer = RAW.stream()
                    .filter(each -> asked.contains("/" + each.name() + "/"))
                    .findFirst()
                    .orElseThrow();
            write(answer, new BufferedOutputStream(connection.getOutputStream(), 1 << 16));
        } catch (IOException e) {
            // They have heard enough.
        }
    }

    private static void write(Answer answer, OutputStream out) throws IOException {
        out.write(answer.begin().getBytes(StandardCharsets.UTF_8));
        for (long i = 0; !answer.unit().isEmpty(); i++) {
            out.write(answer.unit().replace("@", Long.toString(i)).getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    private static void answer(Answer answer, HttpExchange exchange) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean events = answer.options().contains("stream=true");
            exchange.getResponseHeaders().set("Content-Type", events ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(answer.status(), 0);
            write(answer, new BufferedOutputStream(exchange.getResponseBody(), 1 << 16));
        } catch (IOException e) {
            // They have heard enough.
        }
    }

    @Test
    void noneFillsTheHeap(@TempDir Path spool) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        ANSWERS.forEach(
                answer -> server.createContext("/" + answer.name() + "/", exchange -> answer(answer, exchange)));
        server.start();
        ServerSocket raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> serve(raw, threads));
        try (raw;
                OtherJvm jvm = OtherJvm.start(
                        List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
                        Calls.class,
                        "http://localhost:" + server.getAddress().getPort(),
                        spool,
                        "http://localhost:" + raw.getLocalPort())) {
            for (Answer answer : all()) {
                String[] line = jvm.lineWith("answer\t" + answer.name() + "\t").split("\t");
                assertThat(Class.forName(line[2])).as(answer.name()).isAssignableTo(GeminiImageException.class);
                assertThat(Integer.parseInt(line[3])).as(answer.name()).isLessThan(5_000);
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
