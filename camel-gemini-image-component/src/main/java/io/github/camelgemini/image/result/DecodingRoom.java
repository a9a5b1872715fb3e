package io.github.camelgemini.image.result;

import io.github.camelgemini.image.error.LocalStorageException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The resources for decoding one picture, until they are closed: a core, and a part of the heap. */
final class DecodingRoom implements AutoCloseable {

    /** More pictures in parallel than cores would not be faster. */
    private static final Semaphore CORES = new Semaphore(Runtime.getRuntime().availableProcessors());

    private static final int KILOBYTE = 1024;
    /** Half of the heap, in kilobytes. */
    private static final int HEAP =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / KILOBYTE);

    private static final Semaphore FREE_HEAP = new Semaphore(HEAP, true);

    /** Enough for many pictures of the largest size, which take seconds each. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final int kilobytes;

    private DecodingRoom(int kilobytes) {
        this.kilobytes = kilobytes;
    }

    /**
     * Waits for the resources, up to 5 minutes.
     *
     * @param heap in bytes
     * @throws LocalStorageException when they are not available in that time, or the thread is interrupted
     */
    static DecodingRoom take(long heap) {
        return take(heap, LONGEST_WAIT);
    }

    static DecodingRoom take(long heap, Duration limit) {
        int kilobytes = (int) Math.min(HEAP, heap / KILOBYTE);
        long end = System.nanoTime() + limit.toNanos();
        if (take(FREE_HEAP, kilobytes, end)) {
            if (take(CORES, 1, end)) {
                return new DecodingRoom(kilobytes);
            }
            FREE_HEAP.release(kilobytes);
        }
        throw new LocalStorageException(
                "The image was not decoded: "
                        + (Thread.currentThread().isInterrupted()
                                ? "its thread was interrupted"
                                : "other images used the heap and the cores of this JVM for more than "
                                        + limit.toSeconds() + " s"),
                null,
                null);
    }

    private static boolean take(Semaphore all, int some, long end) {
        try {
            return all.tryAcquire(some, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether another picture waits for heap. */
    static boolean isWaitedFor() {
        return FREE_HEAP.hasQueuedThreads();
    }

    @Override
    public void close() {
        CORES.release();
        FREE_HEAP.release(kilobytes);
    }
}
