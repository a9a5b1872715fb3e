package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.PayloadStore.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One payload on its way: in blocks up to the threshold of the store, then in a file. What stays in the heap keeps its blocks,
 * so that nothing is copied but the end of the last one.
 */
final class PayloadWriting {

    private final PayloadStore store;
    private final List<byte[]> blocks = new ArrayList<>();

    private long length;
    /** How many of them are in the file; those behind are in the only block there is then. */
    private long inFile;

    private OpenFile file;
    private boolean ended;

    PayloadWriting(PayloadStore store) {
        this.store = store;
    }

    void write(byte[] bytes, int offset, int count) throws IOException {
        checkNotEnded();
        if (file == null && length + count > store.spoolThreshold()) {
            spool();
        }
        int done = 0;
        while (done < count) {
            int used = (int) (length % BlockPool.BLOCK);
            if (used == 0 && (file == null || blocks.isEmpty())) {
                blocks.add(store.blocks().take());
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
            closeQuietly(file.channel());
            new SpoolFile(file.path(), inFile, store.books()).run();
        }
    }

    private void checkNotEnded() {
        if (ended) {
            throw new IllegalStateException("This payload was finished or discarded before");
        }
    }

    /** Writes the full blocks; one that is not stays, to be filled. */
    private void spool() throws IOException {
        try {
            file = store.newFile("");
        } catch (IOException e) {
            throw new SpoolException("no spool file can be made: " + e, e);
        }
        int full = (int) (length / BlockPool.BLOCK);
        for (byte[] block : blocks.subList(0, full)) {
            writeToFile(block, BlockPool.BLOCK);
        }
        List<byte[]> written = blocks.subList(0, full);
        written.forEach(store.blocks()::giveBack);
        written.clear();
    }

    private void writeToFile(byte[] block, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(block, 0, count);
        try {
            while (buffer.hasRemaining()) {
                int written = file.channel().write(buffer);
                inFile += written;
                store.books().grown(written);
            }
        } catch (ClosedByInterruptException e) {
            discard();
            throw e;
        } catch (IOException e) {
            discard();
            throw new SpoolException(
                    "spool file " + file.path() + " cannot be written after " + inFile + " bytes: " + e, e);
        }
    }

    private Content inMemory() {
        byte[][] all = blocks.toArray(byte[][]::new);
        blocks.clear();
        int used = (int) (length % BlockPool.BLOCK);
        if (used > 0) {
            byte[] last = all[all.length - 1];
            all[all.length - 1] = Arrays.copyOf(last, used);
            store.blocks().giveBack(last);
        }
        return new Content.InMemory(store, all, BlockPool.BLOCK, length);
    }

    private Content inFile() throws IOException {
        if (length > inFile) {
            writeToFile(blocks.get(0), (int) (length - inFile));
        }
        file.channel().close();
        return new Content.InFile(store, new SpoolFile(file.path(), length, store.books()));
    }

    private void giveBlocksBack() {
        blocks.forEach(store.blocks()::giveBack);
        blocks.clear();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Its file is deleted next.
        }
    }
}
