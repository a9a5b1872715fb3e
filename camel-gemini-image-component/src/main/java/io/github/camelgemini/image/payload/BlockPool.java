package io.github.camelgemini.image.payload;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reuses memory blocks, so that receiving a picture leaves no garbage. Blocks hold data that is read and decoded, data
 * for a spool file, and payloads in the heap, which keep their blocks. The pool holds up to 2 MB. If more pictures need
 * blocks at once, these are allocated and collected by the JVM.
 */
public final class BlockPool {

    /** The size of a block in bytes. */
    public static final int BLOCK = 32 * 1024;

    private static final int KEPT = 64;

    private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();

    /** Takes a block. Its content is undefined. */
    public byte[] take() {
        byte[] block = free.poll();
        if (block == null) {
            return new byte[BLOCK];
        }
        kept.decrementAndGet();
        return block;
    }

    /** Returns a block that is no longer used. */
    public void giveBack(byte[] block) {
        if (kept.incrementAndGet() <= KEPT) {
            free.add(block);
        } else {
            kept.decrementAndGet();
        }
    }
}
