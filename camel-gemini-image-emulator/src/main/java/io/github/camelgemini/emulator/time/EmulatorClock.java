package io.github.camelgemini.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock for queues and batches: the time of the machine, plus the time by which a test has advanced it. It never
 * goes back. Thread-safe.
 */
public final class EmulatorClock implements InstantSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmulatorClock.class);

    private final ScheduledExecutorService timer = timer();
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::time).thenComparingLong(Due::number));
    private Duration ahead = Duration.ZERO;
    private long numbers;

    private record Due(Instant time, long number, Runnable task) {}

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gemini-emulator-clock");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** The current time. */
    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    /**
     * Advances the clock. Tasks that become due run soon afterwards, in their order, on a thread of the clock.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock cannot be turned by " + by);
        }
        synchronized (this) {
            ahead = ahead.plus(by);
        }
        wake(Duration.ZERO);
    }

    /** Runs a task at this time, on a thread of the clock; the task must not block. */
    public void at(Instant time, Runnable task) {
        Duration left;
        synchronized (this) {
            waiting.add(new Due(time, numbers++, task));
            left = Duration.between(instant(), time);
        }
        wake(left);
    }

    private void wake(Duration in) {
        if (timer.isShutdown()) {
            return;
        }
        // Slightly later than requested, so that the thread does not wake just before.
        timer.schedule(this::runDue, Math.max(0, in.toMillis() + 1), TimeUnit.MILLISECONDS);
    }

    private void runDue() {
        for (Due due : takeDue()) {
            try {
                due.task().run();
            } catch (RuntimeException e) {
                LOG.error("The action scheduled for {} failed", due.time(), e);
            }
        }
    }

    private synchronized List<Due> takeDue() {
        Instant now = instant();
        List<Due> due = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.peek().time().isAfter(now)) {
            due.add(waiting.remove());
        }
        return due;
    }

    /** Removes all tasks; the time is unchanged. */
    public synchronized void clear() {
        waiting.clear();
    }

    @Override
    public void close() {
        clear();
        timer.shutdownNow();
    }
}
