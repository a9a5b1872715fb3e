package io.github.camelgemini.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers each request with given bytes, HTTP or not, and closes the connection. */
final class EchoingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Function<String, String> answers = request -> "";

    EchoingServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    /** @param byRequest what is sent back, by the first line of a request; its characters up to 255 are bytes, others UTF-8 */
    void answer(Function<String, String> byRequest) {
        answers = byRequest;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            connection.setSoTimeout(10_000);
            InputStream in = connection.getInputStream();
            String head = head(in);
            body(in, head.toLowerCase(Locale.ROOT));
            String line = head.substring(0, Math.max(0, head.indexOf('\r')));
            connection.getOutputStream().write(answers.apply(line).getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
            in.skip(Long.MAX_VALUE);
        } catch (IOException e) {
            // Of a client that has heard enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        for (int next = in.read(); next >= 0 && matched < 4; next = matched < 4 ? in.read() : -1) {
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void body(InputStream in, String head) throws IOException {
        if (head.contains("transfer-encoding: chunked")) {
            StringBuilder end = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                end.append((char) next);
                if (end.length() > 7) {
                    end.deleteCharAt(0);
                }
                if (end.toString().endsWith("\r\n0\r\n\r\n") || end.toString().equals("0\r\n\r\n")) {
                    return;
                }
            }
        }
        int at = head.indexOf("content-length: ");
        if (at >= 0) {
            in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at))));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
