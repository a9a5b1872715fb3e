package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a call when a read or a write takes longer than {@code idleTimeout}, or when the answer does not begin in time.
 * Sockets of the JDK only limit reads. HttpClient uses that limit for the wait for the answer too, but a model may need
 * minutes for it.
 *
 * <p>Used by one thread and the timer's thread.
 */
final class SilenceLimit implements AutoCloseable {

    private final long nanos;
    private final String told;
    private final ScheduledExecutorService timer;
    private final Runnable end;
    private ScheduledFuture<?> check;
    private boolean waiting;
    private long since;
    private boolean reached;

    /**
     * @param limit zero for none
     * @param told its name in failures
     */
    SilenceLimit(Duration limit, String told, ScheduledExecutorService timer, Runnable end) {
        this.told = told;
        this.nanos = limit.toNanos();
        this.timer = timer;
        this.end = end;
    }

    /** Starts the limit. */
    synchronized void begin() {
        waiting = true;
        since = System.nanoTime();
        if (check == null && nanos > 0) {
            check = timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Stops the limit. */
    synchronized void end() {
        waiting = false;
    }

    private void check() {
        synchronized (this) {
            if (check == null) {
                return;
            }
            long left = waiting ? nanos - (System.nanoTime() - since) : nanos;
            if (left > 0) {
                check = timer.schedule(this::check, left, TimeUnit.NANOSECONDS);
                return;
            }
            reached = true;
            check = null;
        }
        end.run();
    }

    /** The failure of the call; this limit's own if it ended the call. */
    synchronized IOException explain(String what, IOException failure) {
        if (!reached) {
            return failure;
        }
        SocketTimeoutException stalled = new SocketTimeoutException(what + told);
        stalled.initCause(failure);
        return stalled;
    }

    @Override
    public synchronized void close() {
        if (check != null) {
            check.cancel(false);
            check = null;
        }
    }
}
