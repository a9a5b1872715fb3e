package io.github.camelgemini.image.backend.google;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import okio.Timeout;

/**
 * The body of an answer, read with OkHttp's read time-out, which detects stalled connections. While the model works,
 * silence is normal: before the first byte, and between the lines of an event stream. There is no limit then. The time
 * that the reader takes between two reads does not count.
 */
final class AnswerBody extends InputStream {

    private final InputStream in;
    private final Timeout timeout;
    private final Duration idleTimeout;
    private boolean ofEvents;
    private long length;
    private boolean drawing = true;

    /**
     * Closing it leaves the body open.
     *
     * @param idleTimeout the limit; zero for none
     * @param ofEvents whether the body is an event stream
     */
    AnswerBody(ResponseBody body, Duration idleTimeout, boolean ofEvents) {
        this.in = body.byteStream();
        this.timeout = body.source().timeout();
        this.idleTimeout = idleTimeout;
        this.ofEvents = ofEvents;
    }

    /** Switches to the limits of an event stream, if only the first bytes show that it is one. */
    void readAsEvents() {
        ofEvents = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        timeout.timeout(drawing ? 0 : idleTimeout.toNanos(), TimeUnit.NANOSECONDS);
        int read;
        try {
            read = in.read(bytes, offset, count);
        } catch (SocketTimeoutException e) {
            throw stalled("after " + length + " bytes of the answer, nothing arrived for ", idleTimeout, e);
        }
        if (read > 0) {
            length += read;
            byte last = bytes[offset + read - 1];
            drawing = ofEvents && (last == '\n' || last == '\r');
        }
        return read;
    }

    static SocketTimeoutException stalled(String what, Duration idleTimeout, IOException cause) {
        SocketTimeoutException stalled =
                new SocketTimeoutException(what + "idleTimeout=" + idleTimeout.toMillis() + " ms");
        stalled.initCause(cause);
        return stalled;
    }
}
