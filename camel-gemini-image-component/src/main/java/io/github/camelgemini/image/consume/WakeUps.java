package io.github.camelgemini.image.consume;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Starts a look at once when a service calls, followed by a rest. All calls during this time cause one more look
 * afterwards. So frequent calls do not cause frequent polls, and no call is lost. Thread-safe.
 */
final class WakeUps {

    private static final Duration SHORTEST_REST = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Supplier<ScheduledExecutorService> timers;
    private final Runnable look;
    private final LongSupplier pausedUntil;
    private ScheduledExecutorService timer;
    private boolean awaited;
    private long restsUntil = System.nanoTime();

    /**
     * @param timers makes a thread, when the first call arrives
     * @param look returns when it is over
     * @param pausedUntil the {@link System#nanoTime()} before which there is no look because the last one failed
     */
    WakeUps(Supplier<ScheduledExecutorService> timers, Runnable look, LongSupplier pausedUntil) {
        this.timers = timers;
        this.look = look;
        this.pausedUntil = pausedUntil;
    }

    /** Requests a look. Returns at once. */
    synchronized void call() {
        if (awaited) {
            return;
        }
        if (timer == null) {
            timer = timers.get();
        }
        awaited = true;
        schedule();
    }

    private void schedule() {
        try {
            timer.schedule(this::lookOnce, Math.max(0, rest()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The consumer stops; the next start polls anyway.
            awaited = false;
        }
    }

    private long rest() {
        long now = System.nanoTime();
        return Math.max(restsUntil - now, pausedUntil.getAsLong() - now);
    }

    private void lookOnce() {
        synchronized (this) {
            if (timer == null) {
                return;
            }
            if (rest() > 0) {
                schedule();
                return;
            }
            awaited = false;
        }
        long begun = System.nanoTime();
        try {
            look.run();
        } finally {
            long taken = Math.min(LONGEST_REST.toNanos(), System.nanoTime() - begun);
            synchronized (this) {
                // Rests as long as the look took, so that looks at many jobs do not follow each other directly.
                restsUntil = System.nanoTime() + Math.max(SHORTEST_REST.toNanos(), taken);
            }
        }
    }

    /** Drops the next look, until there is another call. A running look continues. */
    synchronized void end() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
            awaited = false;
        }
    }
}
