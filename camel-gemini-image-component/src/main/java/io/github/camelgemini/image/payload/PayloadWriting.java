package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.PayloadStore.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** One payload on its way: in borrowed blocks up to the threshold of the store, then in a file. */
final class PayloadWriting {

    private final PayloadStore store;
    private final List<byte[]> blocks = new ArrayList<>();
    /** Of the file; null before it, and if there was none left. */
    private ByteBuffer gathered;

    private long length;
    /** How many of them are in the file. */
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
        if (file == null) {
            writeToBlocks(bytes, offset, count);
            length += count;
        } else {
            writeToFile(bytes, offset, count);
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
        giveGatheredBack();
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

    private void writeToBlocks(byte[] bytes, int offset, int count) {
        int done = 0;
        while (done < count) {
            int used = (int) ((length + done) % BlockPool.BLOCK);
            if (used == 0) {
                blocks.add(store.blocks().take());
            }
            int part = Math.min(count - done, BlockPool.BLOCK - used);
            System.arraycopy(bytes, offset + done, blocks.get(blocks.size() - 1), used, part);
            done += part;
        }
    }

    private void spool() throws IOException {
        try {
            file = store.newFile();
            gathered = store.writeBuffers().take();
        } catch (IOException e) {
            throw new SpoolException("no spool file can be made: " + e, e);
        }
        long collected = length;
        length = 0;
        for (byte[] block : blocks) {
            writeToFile(block, 0, (int) Math.min(BlockPool.BLOCK, collected - length));
        }
        giveBlocksBack();
    }

    private void writeToFile(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (gathered == null) {
            writeToChannel(ByteBuffer.wrap(bytes, offset, count));
            return;
        }
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, gathered.remaining());
            gathered.put(bytes, offset + done, part);
            done += part;
            if (!gathered.hasRemaining()) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        writeToChannel(gathered.flip());
        gathered.clear();
    }

    private void writeToChannel(ByteBuffer buffer) throws IOException {
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
        byte[] bytes = new byte[Math.toIntExact(length)];
        for (int i = 0; i < blocks.size(); i++) {
            int start = i * BlockPool.BLOCK;
            System.arraycopy(blocks.get(i), 0, bytes, start, Math.min(BlockPool.BLOCK, bytes.length - start));
        }
        return new Content.InMemory(bytes);
    }

    private Content inFile() throws IOException {
        if (gathered != null) {
            flush();
        }
        file.channel().close();
        return new Content.InFile(store, new SpoolFile(file.path(), length, store.books()));
    }

    private void giveBlocksBack() {
        blocks.forEach(store.blocks()::giveBack);
        blocks.clear();
    }

    private void giveGatheredBack() {
        if (gathered != null) {
            store.writeBuffers().giveBack(gathered);
            gathered = null;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Its file is deleted next.
        }
    }
}
