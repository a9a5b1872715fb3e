package io.github.camelgemini.image.payload;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.StreamCache;

/**
 * Where payloads are made and kept: up to a threshold in memory, above it in files.
 *
 * <p>The files are in a folder of the store's own, which is made with the first of them; folder and files can be read
 * by their owner only. A new store removes the folders that killed processes left in the same directory, and never one
 * of a process that lives. Thread-safe.
 */
public final class PayloadStore implements Closeable {

    /**
     * 128 KB, the threshold of Camel's own stream caches. A picture in memory is garbage of its own size, one in a file
     * is next to none (5% of it at 0.8 MB), and the file costs less than a millisecond.
     */
    public static final long DEFAULT_SPOOL_THRESHOLD = StreamCache.DEFAULT_SPOOL_THRESHOLD;

    /** What fits into one array. */
    private static final long MAX_IN_MEMORY = Integer.MAX_VALUE - 8;

    private final Path directory;
    private final long spoolThreshold;
    private final SpoolBooks books = new SpoolBooks();
    private final BlockPool blocks;
    private final WriteBuffers writeBuffers = new WriteBuffers();
    /** Its thread ends once the store and all its payloads are unreachable. */
    private final Cleaner cleaner = Cleaner.create();

    private SpoolFolder folder;
    private boolean closed;

    /**
     * A store in the given directory, with the folders of killed processes removed from it.
     *
     * @param directory      for the folder of spool files, created when missing; {@code null} for the temporary
     *                       directory of the JVM
     * @param spoolThreshold up to how many bytes a payload is kept in memory; 0 keeps none there
     */
    public PayloadStore(Path directory, long spoolThreshold) {
        if (spoolThreshold < 0) {
            throw new IllegalArgumentException("spoolThreshold must not be negative: " + spoolThreshold);
        }
        this.directory = Objects.requireNonNullElseGet(directory, () -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        this.spoolThreshold = Math.min(spoolThreshold, MAX_IN_MEMORY);
        this.blocks = new BlockPool();
        DeadFolders.remove(this.directory);
    }

    /** A stream that collects the bytes of one new payload. */
    public Writer newWriter() {
        return new Writer(this);
    }

    /** How many spool files there are, those being written included. */
    public int liveFiles() {
        return books.files();
    }

    /** How many bytes all spool files have together. */
    public long liveBytes() {
        return books.bytes();
    }

    /**
     * Removes the folder with all its files, whoever may still own them, and lets no new ones be made. Payloads in
     * memory stay readable.
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (folder != null) {
            SpoolFolder last = folder;
            folder = null;
            last.remove();
        }
    }

    /** Where the store keeps its files, and how many. */
    @Override
    public String toString() {
        return "PayloadStore[" + liveFiles() + " files in " + directory + "]";
    }

    long spoolThreshold() {
        return spoolThreshold;
    }

    BlockPool blocks() {
        return blocks;
    }

    WriteBuffers writeBuffers() {
        return writeBuffers;
    }

    SpoolBooks books() {
        return books;
    }

    Cleaner.Cleanable removeWhenUnreachable(Object content, SpoolFile file) {
        return cleaner.register(content, file);
    }

    /** A file that was just created, open for writing. */
    synchronized OpenFile newFile() throws IOException {
        if (closed) {
            throw new IOException("The payload store is closed");
        }
        if (folder == null) {
            folder = SpoolFolder.create(directory);
        }
        try {
            return openIn(folder);
        } catch (NoSuchFileException e) {
            // Jobs that tidy /tmp remove what was not touched for days, as the folder of a quiet route.
            folder.remove();
            folder = SpoolFolder.create(directory);
            return openIn(folder);
        }
    }

    private OpenFile openIn(SpoolFolder folder) throws IOException {
        Path path = folder.newName();
        OpenFile file = new OpenFile(path, folder.newFile(path));
        books.created();
        return file;
    }

    record OpenFile(Path path, FileChannel channel) {}

    /**
     * Collects the bytes of one payload. Ends with either {@link #finish()}, or {@link #close()}, which discards what
     * was written. Not thread-safe.
     */
    public static final class Writer extends OutputStream {

        private final PayloadWriting writing;

        private Writer(PayloadStore store) {
            writing = new PayloadWriting(store);
        }

        @Override
        public void write(int b) throws IOException {
            writing.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            writing.write(bytes, offset, length);
        }

        /**
         * The payload, owned by the caller.
         *
         * @throws IOException           if the bytes could not be written; nothing is left of them
         * @throws IllegalStateException if finished or closed before
         */
        public Payload finish() throws IOException {
            return writing.finish();
        }

        /** Discards what was written, unless {@link #finish()} made a payload of it. */
        @Override
        public void close() {
            writing.discard();
        }
    }
}
