package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a call of which a read or a write takes longer than {@code idleTimeout}, or whose answer does not begin in time. Sockets of the JDK limit reads alone, and HttpClient
 * sets that limit for the wait for the answer as well, where a model may draw for minutes.
 *
 * <p>Used by one thread beside the timer's.
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
     * @param told what it is called in failures
     */
    SilenceLimit(Duration limit, String told, ScheduledExecutorService timer, Runnable end) {
        this.told = told;
        this.nanos = limit.toNanos();
        this.timer = timer;
        this.end = end;
    }

    /** From now on there should be no silence. */
    synchronized void begin() {
        waiting = true;
        since = System.nanoTime();
        if (check == null && nanos > 0) {
            check = timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** From now on silence means nothing. */
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

    /** The failure that a call ended with: this limit, if it did so. */
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
