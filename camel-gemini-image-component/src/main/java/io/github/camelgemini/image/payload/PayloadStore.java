package io.github.camelgemini.image.payload;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.StreamCache;

/**
 * Where payloads are made and kept: up to a threshold in memory, above it in files.
 *
 * <p>The files are in a folder of the store's own, which is made with the first of them; folder and files can be read
 * by the user of the process only. A new store removes the folders that killed processes left in the same directory, and never one
 * of a process that lives. Thread-safe.
 */
public final class PayloadStore implements Closeable {

    /** 128 KB, the threshold of Camel's own stream caches: what every heap can hold many times. */
    public static final long LEAST_SPOOL_THRESHOLD = StreamCache.DEFAULT_SPOOL_THRESHOLD;

    /** 16 MB, twice the largest picture of today's models. */
    private static final long LARGEST_SPOOL_THRESHOLD = 16L << 20;

    /** 1 GB. */
    public static final long DEFAULT_SPOOL_LIMIT = 1L << 30;

    /** Holds what {@link Payload#of} has of files; its folder goes with the next start, as that of a killed process. */
    private static final class OfJvm {
        static final PayloadStore STORE = new PayloadStore(null, LEAST_SPOOL_THRESHOLD);
    }

    private final Path directory;
    private final long spoolThreshold;
    private final SpoolBooks books;
    private final BlockPool blocks = new BlockPool();
    /** Its thread ends once the store and all its payloads are unreachable. */
    private final Cleaner cleaner = Cleaner.create();

    private SpoolFolder folder;
    private boolean closed;

    /** As the other constructor, without a limit: for payloads that whoever keeps them discards. */
    public PayloadStore(Path directory, long spoolThreshold) {
        this(directory, spoolThreshold, 0);
    }

    /**
     * A store in the given directory, with the folders of killed processes removed from it.
     *
     * @param directory      for the folder of spool files, created when missing; {@code null} for the temporary
     *                       directory of the JVM
     * @param spoolThreshold up to how many bytes a payload is kept in memory; 0 keeps none there
     * @param spoolLimit     above how many bytes of files the JVM is asked to collect what nobody reaches any more, its file
     *                       with it; 0 never asks. Nothing is refused for it
     */
    public PayloadStore(Path directory, long spoolThreshold, long spoolLimit) {
        if (spoolThreshold < 0 || spoolLimit < 0) {
            throw new IllegalArgumentException(
                    "spoolThreshold and spoolLimit must not be negative: " + spoolThreshold + ", " + spoolLimit);
        }
        this.directory = Objects.requireNonNullElseGet(directory, () -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        this.spoolThreshold = spoolThreshold;
        this.books = new SpoolBooks(spoolLimit, System::gc, System::nanoTime);
        DeadFolders.remove(this.directory);
    }

    /**
     * The threshold where nobody says one: a quarter of the largest heap that the JVM may have, divided by the pictures that
     * come at a time, but at least 128 KB and at most 16 MB.
     *
     * @param maxConcurrentRequests how many calls may be in flight
     */
    public static long defaultSpoolThreshold(int maxConcurrentRequests) {
        long share = Runtime.getRuntime().maxMemory() / 4 / Math.max(1, maxConcurrentRequests);
        return Math.max(LEAST_SPOOL_THRESHOLD, Math.min(LARGEST_SPOOL_THRESHOLD, share));
    }

    static PayloadStore ofJvm() {
        return OfJvm.STORE;
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
     * Removes the folder with all its files, whoever may still read them, and lets no new ones be made. Payloads in
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

    /** Buffers for whoever reads or writes a payload. */
    public BlockPool blocks() {
        return blocks;
    }

    SpoolBooks books() {
        return books;
    }

    /** @param action must not refer to what is watched */
    Cleaner.Cleanable whenUnreachable(Object watched, Runnable action) {
        return cleaner.register(watched, action);
    }

    /** A file that was just created, open for writing, whose name ends as given. */
    synchronized OpenFile newFile(String ending) throws IOException {
        checkOpen();
        if (folder == null) {
            folder = SpoolFolder.create(directory);
        }
        try {
            return openIn(folder, ending);
        } catch (NoSuchFileException e) {
            // Jobs that tidy /tmp remove what was not touched for days, as the folder of a quiet route.
            folder.remove();
            folder = SpoolFolder.create(directory);
            return openIn(folder, ending);
        }
    }

    /**
     * Another name, which ends as given, for a file of this store.
     *
     * @throws UnsupportedOperationException if the file system has no such thing
     */
    synchronized Path newLink(Path file, String ending) throws IOException {
        checkOpen();
        return Files.createLink(SpoolFolder.newName(file.getParent(), ending), file);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("The payload store is closed");
        }
    }

    private OpenFile openIn(SpoolFolder folder, String ending) throws IOException {
        Path path = SpoolFolder.newName(folder.path(), ending);
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
         * The payload.
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
