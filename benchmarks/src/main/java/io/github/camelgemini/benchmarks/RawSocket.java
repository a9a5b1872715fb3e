package io.github.camelgemini.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The limit that no client can exceed by much: Base64 between socket and file with {@link Base64} and two buffers, and
 * nothing else. It only reads the emulator's answers.
 */
final class RawSocket implements PictureClient {

    private static final String BEFORE_DATA = "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"";

    private final Setting setting;
    private final URI url;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private RawSocket(Setting setting) {
        this.setting = setting;
        this.url = URI.create(setting.baseUrl());
    }

    static PictureClient open(Setting setting) {
        return new RawSocket(setting);
    }

    @Override
    public void draw(String prompt, Path file) throws IOException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = new Connection(new Socket(InetAddress.getByName(url.getHost()), url.getPort()));
        }
        connection.send(prompt);
        connection.receive(file);
        idle.add(connection);
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : idle) {
            connection.socket.close();
        }
    }

    /** One connection with its buffers, used by one call at a time. */
    private final class Connection {

        /** Multiples of four and three. */
        private static final int BLOCK = 64 * 1024;

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final byte[] base64 = new byte[BLOCK];
        private final byte[] bytes = new byte[BLOCK / 4 * 3];
        /** Unused bytes in {@link #base64}: from {@link #start} to {@link #end}. */
        private int start;

        private int end;
        /** How much of the answer is still to be read. */
        private long left;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        void send(String prompt) throws IOException {
            List<Path> references = setting.references();
            byte[] begin = ascii("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt + "\"}");
            byte[] before = ascii("," + BEFORE_DATA);
            byte[] after = ascii("\"}}");
            byte[] finish = ascii("]}],\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]}}");
            long length = begin.length + finish.length;
            for (Path reference : references) {
                length += before.length + (Files.size(reference) + 2) / 3 * 4 + after.length;
            }
            String head = "POST " + setting.path() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nx-goog-api-key: "
                    + Setting.KEY + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
            out.write(ascii(head + new String(begin, StandardCharsets.US_ASCII)));
            for (Path reference : references) {
                out.write(before);
                encode(reference);
                out.write(after);
            }
            out.write(finish);
        }

        private void encode(Path reference) throws IOException {
            try (InputStream file = Files.newInputStream(reference)) {
                int count = bytes.length;
                while (count == bytes.length) {
                    count = file.readNBytes(bytes, 0, bytes.length);
                    byte[] block = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
                    out.write(base64, 0, Base64.getEncoder().encode(block, base64));
                }
            }
        }

        void receive(Path file) throws IOException {
            start = 0;
            end = 0;
            String head = readTo("\r\n\r\n");
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IOException(head);
            }
            int length = head.indexOf("Content-Length: ") + "Content-Length: ".length();
            left = Long.parseLong(head.substring(length, head.indexOf('\r', length))) - (end - start);
            readTo("\"data\":\"");
            try (OutputStream picture = Files.newOutputStream(file)) {
                decode(picture);
            }
            while (left > 0) {
                end = 0;
                fill();
            }
        }

        /** Reads up to the end of this text, which must be in the first block. */
        private String readTo(String text) throws IOException {
            while (true) {
                String read = new String(base64, start, end - start, StandardCharsets.ISO_8859_1);
                int found = read.indexOf(text);
                if (found >= 0) {
                    int length = found + text.length();
                    start += length;
                    return read.substring(0, length);
                }
                fill();
            }
        }

        private void decode(OutputStream picture) throws IOException {
            System.arraycopy(base64, start, base64, 0, end - start);
            end -= start;
            while (true) {
                while (end < BLOCK && left > 0) {
                    fill();
                }
                if (end == BLOCK) {
                    try {
                        picture.write(bytes, 0, Base64.getDecoder().decode(base64, bytes));
                        end = 0;
                        continue;
                    } catch (IllegalArgumentException e) {
                        // The quotation mark is in this block.
                    }
                }
                picture.write(bytes, 0, Base64.getDecoder().decode(Arrays.copyOf(base64, quote()), bytes));
                return;
            }
        }

        private int quote() throws IOException {
            for (int i = 0; i < end; i++) {
                if (base64[i] == '"') {
                    return i;
                }
            }
            throw new EOFException("The answer ends within Base64");
        }

        private void fill() throws IOException {
            int count = in.read(base64, end, BLOCK - end);
            if (count < 0) {
                throw new EOFException("The emulator closed the connection");
            }
            end += count;
            left -= count;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
