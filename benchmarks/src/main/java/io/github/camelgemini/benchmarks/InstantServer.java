package io.github.camelgemini.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers sustained work at once, with recorded answers of the emulator. The emulator itself draws and encodes each
 * picture, which takes as much processor time as receiving it.
 */
final class InstantServer implements AutoCloseable {

    private static final String LENGTH = "Content-Length:";

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final Map<String, byte[]> answers;

    private InstantServer(Map<String, byte[]> answers) throws IOException {
        this.answers = answers;
        connections.execute(this::accept);
    }

    /** @param baseUrl of the emulator */
    static InstantServer start(String baseUrl) throws IOException {
        Map<String, byte[]> answers = new LinkedHashMap<>();
        for (Workload workload : Workload.values()) {
            if (workload == Workload.TINY || workload.sustained()) {
                answers.put(workload.prompt(), answer(baseUrl, workload.prompt()));
            }
        }
        return new InstantServer(answers);
    }

    private static byte[] answer(String baseUrl, String prompt) throws IOException {
        String request = "{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}],"
                + "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]}}";
        URI uri = URI.create(baseUrl + "/v1beta/models/" + Setting.MODEL + ":generateContent");
        try {
            byte[] body = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri)
                                    .header("x-goog-api-key", Setting.KEY)
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n" + LENGTH + " "
                    + body.length + "\r\n\r\n";
            byte[] answer = new byte[head.length() + body.length];
            System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, answer, 0, head.length());
            System.arraycopy(body, 0, answer, head.length(), body.length);
            return answer;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    String baseUrl() {
        return "http://localhost:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            for (int length = bodyLength(in); length >= 0; length = bodyLength(in)) {
                String request = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                for (Map.Entry<String, byte[]> answer : answers.entrySet()) {
                    if (request.contains(answer.getKey())) {
                        out.write(answer.getValue());
                    }
                }
            }
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    /** Reads the head of a request; -1 at the end of the connection. */
    private static int bodyLength(InputStream in) throws IOException {
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }
}
