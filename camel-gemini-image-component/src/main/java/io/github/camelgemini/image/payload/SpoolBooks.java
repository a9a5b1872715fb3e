package io.github.camelgemini.image.payload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many spool files there are and how large they are together. */
final class SpoolBooks {

    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    void created() {
        files.incrementAndGet();
    }

    void grown(long by) {
        bytes.addAndGet(by);
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
