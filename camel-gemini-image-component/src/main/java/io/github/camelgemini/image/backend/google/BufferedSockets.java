package io.github.camelgemini.image.backend.google;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that are read 64 KB at a time once much comes. OkHttp reads 8 KB at a time and TLS a record of at most 16 KB, and its
 * head before it; the calls of the operating system that this saves are a tenth of the time of a large picture.
 */
final class BufferedSockets extends SocketFactory {

    @Override
    public Socket createSocket() {
        return new BufferedSocket();
    }

    // OkHttp uses none of these.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class BufferedSocket extends Socket {

        private InputStream in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new BulkStream(super.getInputStream());
            }
            return in;
        }
    }

    /** Has no buffer before a large read is answered in full, which says that more is waiting. */
    private static final class BulkStream extends InputStream {

        private static final int LARGE = 8 * 1024;
        private static final int BUFFER = 64 * 1024;

        private final InputStream in;
        private byte[] buffer;
        private int position;
        private int end;

        BulkStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end && (buffer == null || length >= BUFFER)) {
                int count = in.read(bytes, offset, length);
                if (buffer == null && count == length && length >= LARGE) {
                    buffer = new byte[BUFFER];
                }
                return count;
            }
            if (position == end) {
                // This first: it may fail by a time limit, as when OkHttp looks whether an idle connection lives.
                int count = in.read(buffer, 0, BUFFER);
                if (count < 0) {
                    return -1;
                }
                position = 0;
                end = count;
            }
            int count = Math.min(length, end - position);
            System.arraycopy(buffer, position, bytes, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return end - position + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
