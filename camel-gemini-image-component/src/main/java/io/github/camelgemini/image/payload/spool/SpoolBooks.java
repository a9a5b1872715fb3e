package io.github.camelgemini.image.payload.spool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts the spool files and their total size.
 *
 * <p>Files are deleted when their payloads are collected. The JVM collects when the heap is full, and knows nothing of
 * disks. So above a limit it is asked for a collection, as the JDK does for direct buffers ({@code
 * Bits.reserveMemory}). Files in use stay after it, and each further write would ask in vain. So the next request comes
 * only after another half of the limit was added, and not more often than a few times a second.
 */
final class SpoolBooks {

    private static final long PAUSE = Duration.ofMillis(250).toNanos();

    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong askedAt;
    private final long limit;
    private final Runnable collection;
    private final LongSupplier nanoTime;

    /**
     * @param limit bytes above which a collection is requested; 0 for never
     * @param collection requests it
     * @param nanoTime a clock
     */
    SpoolBooks(long limit, Runnable collection, LongSupplier nanoTime) {
        this.limit = limit;
        this.collection = collection;
        this.nanoTime = nanoTime;
        this.askedAt = new AtomicLong(nanoTime.getAsLong() - PAUSE);
    }

    void created() {
        files.incrementAndGet();
    }

    void grown(long by) {
        long total = bytes.addAndGet(by);
        if (added.addAndGet(by) >= limit / 2 && total > limit && limit > 0) {
            collect();
        }
    }

    private void collect() {
        long now = nanoTime.getAsLong();
        long last = askedAt.get();
        if (now - last >= PAUSE && askedAt.compareAndSet(last, now)) {
            added.set(0);
            collection.run();
        }
    }

    void removed(long length) {
        files.decrementAndGet();
        bytes.addAndGet(-length);
    }

    int files() {
        return files.get();
    }

    long bytes() {
        return bytes.get();
    }
}
