package io.github.camelgemini.image.payload;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers that gather what goes into spool files: a file system takes a large piece at once for half of what it takes many
 * small ones. They are outside the heap, where the JDK would copy every piece anyway, and there are 32 at most, 4 MB, made when
 * needed. Who gets none writes small pieces.
 */
final class WriteBuffers {

    private static final int SIZE = 128 * 1024;
    private static final int MOST = 32;

    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();

    /** An empty buffer, or null if all are in use or there is no memory for one. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        if (buffer != null || made.get() >= MOST) {
            return buffer;
        }
        if (made.incrementAndGet() > MOST) {
            made.decrementAndGet();
            return null;
        }
        try {
            return ByteBuffer.allocateDirect(SIZE);
        } catch (OutOfMemoryError e) {
            // Of memory outside the heap, which others use as well.
            made.decrementAndGet();
            return null;
        }
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer.clear());
    }
}
