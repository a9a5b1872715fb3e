package io.github.camelgemini.image.backend.google;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import okio.Timeout;

/**
 * The body of an answer, read with OkHttp's limit of silence, which finds connections that have stalled. As long as the model
 * draws, silence is nothing unusual: before the first byte, and in a stream of events between its lines. There it has no limit.
 * What the reader does between two reads is no silence either, however long it takes.
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
     * @param ofEvents whether lines come as the model gets on
     */
    AnswerBody(ResponseBody body, Duration idleTimeout, boolean ofEvents) {
        this.in = body.byteStream();
        this.timeout = body.source().timeout();
        this.idleTimeout = idleTimeout;
        this.ofEvents = ofEvents;
    }

    /** Says that lines come as the model gets on, where only the first bytes told it. */
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
