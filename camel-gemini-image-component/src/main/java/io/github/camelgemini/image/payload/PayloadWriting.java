package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.spool.Spool;
import io.github.camelgemini.image.payload.spool.SpoolFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A payload that is being written: in blocks up to the threshold of the store, then in a file. A payload in the heap
 * keeps its blocks, so that only the end of the last one is copied.
 */
final class PayloadWriting {

    private final Spool spool;
    private final long threshold;
    private final BlockPool pool;
    private final List<byte[]> blocks = new ArrayList<>();

    private long length;
    /** Null up to the threshold. Afterwards, at most one block is not written yet. */
    private SpoolFile file;

    private boolean ended;

    /**
     * @param threshold size in bytes up to which a payload stays in the heap
     */
    PayloadWriting(Spool spool, long threshold, BlockPool pool) {
        this.spool = spool;
        this.threshold = threshold;
        this.pool = pool;
    }

    void write(byte[] bytes, int offset, int count) throws IOException {
        checkNotEnded();
        if (file == null && length + count > threshold) {
            spool();
        }
        int done = 0;
        while (done < count) {
            int used = (int) (length % BlockPool.BLOCK);
            if (used == 0 && (file == null || blocks.isEmpty())) {
                blocks.add(pool.take());
            }
            int part = Math.min(count - done, BlockPool.BLOCK - used);
            System.arraycopy(bytes, offset + done, blocks.get(blocks.size() - 1), used, part);
            done += part;
            length += part;
            if (file != null && used + part == BlockPool.BLOCK) {
                writeToFile(blocks.get(0), BlockPool.BLOCK);
            }
        }
    }

    Payload finish() throws IOException {
        checkNotEnded();
        try {
            Payload payload = new Payload(file == null ? inMemory() : inFile());
            ended = true;
            return payload;
        } finally {
            discard();
        }
    }

    void discard() {
        giveBlocksBack();
        if (ended) {
            return;
        }
        ended = true;
        if (file != null) {
            file.delete();
        }
    }

    private void checkNotEnded() {
        if (ended) {
            throw new IllegalStateException("This payload was finished or discarded before");
        }
    }

    /** Writes the full blocks; an incomplete one stays to be filled. */
    private void spool() throws IOException {
        file = spool.newFile("");
        int full = (int) (length / BlockPool.BLOCK);
        for (byte[] block : blocks.subList(0, full)) {
            writeToFile(block, BlockPool.BLOCK);
        }
        List<byte[]> written = blocks.subList(0, full);
        written.forEach(pool::giveBack);
        written.clear();
    }

    private void writeToFile(byte[] block, int count) throws IOException {
        try {
            file.write(block, 0, count);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    private Content inMemory() {
        byte[][] all = blocks.toArray(byte[][]::new);
        blocks.clear();
        int used = (int) (length % BlockPool.BLOCK);
        if (used > 0) {
            byte[] last = all[all.length - 1];
            all[all.length - 1] = Arrays.copyOf(last, used);
            pool.giveBack(last);
        }
        return new Content.InMemory(spool, all, BlockPool.BLOCK, length);
    }

    private Content inFile() throws IOException {
        if (length > file.length()) {
            writeToFile(blocks.get(0), (int) (length - file.length()));
        }
        file.close();
        return new Content.InFile(spool, file);
    }

    private void giveBlocksBack() {
        blocks.forEach(pool::giveBack);
        blocks.clear();
    }
}
