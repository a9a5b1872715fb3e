package io.github.camelgemini.image.payload.spool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many spool files there are and how large they are together.
 *
 * <p>Files go when their payloads are collected, and the JVM, which collects when its heap is full, knows nothing of disks.
 * So it is asked to when the files are more than a limit, as the JDK does for direct buffers ({@code Bits.reserveMemory}).
 * What is still in use stays, and would be asked about in vain with each write: therefore again only when half of the limit
 * was added, and a few times a second at most.
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
     * Empty books.
     *
     * @param limit above how many bytes a collection is asked for; 0 for never
     * @param collection asks for it
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
