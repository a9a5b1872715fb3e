package io.github.camelgemini.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a socket receives from one call until it ends, which HTTP clients hide.
 *
 * @param received everything, as Latin-1
 * @param failure how the connection failed; empty when the server closed it normally
 */
record RawCall(String received, Optional<IOException> failure) {

    static RawCall make(int port, String prompt, Duration patience) throws IOException {
        String body = Http.prompt(prompt);
        String request = "POST /v1beta/models/" + Http.MODEL + ":generateContent HTTP/1.1\r\nHost: localhost\r\n"
                + "x-goog-api-key: k\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return send(port, request, patience);
    }

    /** Sends these characters. */
    static RawCall send(int port, String request, Duration patience) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] some = new byte[16 * 1024];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                received.write(some, 0, count);
            }
            return new RawCall(received.toString(StandardCharsets.ISO_8859_1), Optional.empty());
        } catch (IOException failure) {
            return new RawCall(received.toString(StandardCharsets.ISO_8859_1), Optional.of(failure));
        }
    }

    String body() {
        int end = received.indexOf("\r\n\r\n");
        return end < 0 ? "" : received.substring(end + 4);
    }
}
