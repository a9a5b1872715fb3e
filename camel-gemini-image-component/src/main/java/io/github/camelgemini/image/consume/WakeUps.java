package io.github.camelgemini.image.consume;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Has a consumer look at once when a service calls, and then rest: calls that come meanwhile are one look afterwards. So nobody
 * who calls often has the service asked often, and no call is forgotten. Thread-safe.
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
     * @param timers makes a thread, when the first call comes
     * @param look returns when it is over
     * @param pausedUntil the {@link System#nanoTime()} before which nobody looks, since that failed
     */
    WakeUps(Supplier<ScheduledExecutorService> timers, Runnable look, LongSupplier pausedUntil) {
        this.timers = timers;
        this.look = look;
        this.pausedUntil = pausedUntil;
    }

    /** Returns at once. */
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
            // It ends; whoever starts next looks anyway.
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
                // As long as it took, so that a look at many jobs is not followed by the next.
                restsUntil = System.nanoTime() + Math.max(SHORTEST_REST.toNanos(), taken);
            }
        }
    }

    /** No look follows, unless somebody calls again. One that is under way goes on. */
    synchronized void end() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
            awaited = false;
        }
    }
}
