package io.github.camelgemini.image.backend.google;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ResponseBody;
import okio.AsyncTimeout;

/**
 * The body of an answer, read with a limit of silence, which finds connections that have stalled. As long as the model draws,
 * silence is nothing unusual: before the first byte, and in a stream of events between its lines. There it has no limit. What
 * the reader does between two reads is no silence either, however long it takes.
 *
 * <p>A watch looks at the clock once in a while; time limits of OkHttp or of the socket would be set for every 8 KB, which takes
 * a fifth of the time of a large picture.
 */
final class AnswerBody extends InputStream {

    /** In {@link #waitingSince}. */
    private static final long NOT_WAITING = 0;

    private final InputStream in;
    private final Call call;
    private final Duration idleTimeout;
    private final boolean ofEvents;
    private final Watch watch = new Watch();
    private long length;
    private boolean drawing = true;
    /** When the read began that waits now, if its wait has a limit; all that the watch sees, so that it never sees halves. */
    private volatile long waitingSince = NOT_WAITING;

    /**
     * Begins to watch, until it is closed.
     *
     * @param call cancelled when it stalls
     * @param idleTimeout the limit; zero for none
     * @param ofEvents whether lines come as the model gets on
     */
    AnswerBody(ResponseBody body, Call call, Duration idleTimeout, boolean ofEvents) {
        this.in = body.byteStream();
        this.call = call;
        this.idleTimeout = idleTimeout;
        this.ofEvents = ofEvents;
        if (!idleTimeout.isZero()) {
            watch.begin();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read;
        if (!drawing) {
            // The clock may show what stands for none; a nanosecond earlier is as good.
            long now = System.nanoTime();
            waitingSince = now == NOT_WAITING ? now - 1 : now;
        }
        try {
            read = in.read(bytes, offset, count);
        } catch (IOException e) {
            throw watch.stalled
                    ? stalled("after " + length + " bytes of the answer no more came for ", idleTimeout, e)
                    : e;
        } finally {
            waitingSince = NOT_WAITING;
        }
        if (read > 0) {
            length += read;
            byte last = bytes[offset + read - 1];
            drawing = ofEvents && (last == '\n' || last == '\r');
        }
        return read;
    }

    /** Ends the watch; the body below is left open. */
    @Override
    public void close() {
        watch.end();
    }

    static SocketTimeoutException stalled(String what, Duration idleTimeout, IOException cause) {
        SocketTimeoutException stalled =
                new SocketTimeoutException(what + "idleTimeout=" + idleTimeout.toMillis() + " ms");
        stalled.initCause(cause);
        return stalled;
    }

    /** Runs on the thread that OkHttp has for time limits. */
    private final class Watch extends AsyncTimeout {

        /** After a pause of the whole JVM, what came meanwhile is read within that time. */
        private static final long SECOND_LOOK_NANOS = 200_000_000;

        private boolean ended;
        private long suspected = NOT_WAITING;
        private volatile boolean stalled;

        synchronized void begin() {
            lookIn(idleTimeout.toNanos());
        }

        @Override
        protected synchronized void timedOut() {
            if (ended) {
                return;
            }
            exit();
            // The clock first: this thread may itself be held up here, and the read that it looks at may be over by
            // then.
            long now = System.nanoTime();
            long since = waitingSince;
            long silence = since == NOT_WAITING ? 0 : now - since;
            if (silence < idleTimeout.toNanos()) {
                lookIn(idleTimeout.toNanos() - silence);
            } else if (since != suspected) {
                suspected = since;
                lookIn(SECOND_LOOK_NANOS);
            } else {
                ended = true;
                stalled = true;
                call.cancel();
            }
        }

        private void lookIn(long nanos) {
            timeout(nanos, TimeUnit.NANOSECONDS);
            enter();
        }

        synchronized void end() {
            if (!ended) {
                ended = true;
                exit();
            }
        }
    }
}
