package io.github.camelgemini.image.payload;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Blocks to use again, so that receiving a picture makes no garbage: they hold what is read and decoded, what is gathered for a
 * spool file, and payloads in the heap, which keep theirs. There are up to 2 MB of them; what more pictures at once need is
 * allocated and collected.
 */
public final class BlockPool {

    /** How large a block is. */
    public static final int BLOCK = 32 * 1024;

    private static final int KEPT = 64;

    private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();

    /** A block, whatever is in it. */
    public byte[] take() {
        byte[] block = free.poll();
        if (block == null) {
            return new byte[BLOCK];
        }
        kept.decrementAndGet();
        return block;
    }

    /** For a block that nobody uses any more. */
    public void giveBack(byte[] block) {
        if (kept.incrementAndGet() <= KEPT) {
            free.add(block);
        } else {
            kept.decrementAndGet();
        }
    }
}
