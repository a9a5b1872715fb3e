package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.spool.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.StreamCache;

/**
 * Creates and stores payloads: in the heap up to a threshold, above it in files.
 *
 * <p>The files are in a folder of this store, which is created with the first file. Only the user of the process can
 * read them. A new store deletes the folders of dead processes in the same directory, and never one of a live process.
 * Thread-safe.
 */
public final class PayloadStore implements Closeable {

    /** 128 KB, the threshold of Camel's own stream caches. Every heap has room for many of these. */
    public static final long LEAST_SPOOL_THRESHOLD = StreamCache.DEFAULT_SPOOL_THRESHOLD;

    /** 16 MB, twice the largest picture of today's models. */
    private static final long LARGEST_SPOOL_THRESHOLD = 16L << 20;

    /** 1 GB. */
    public static final long DEFAULT_SPOOL_LIMIT = 1L << 30;

    private final Spool spool;
    private final long spoolThreshold;
    private final BlockPool blocks = new BlockPool();

    /**
     * Creates a store without a limit, for payloads that are discarded explicitly.
     *
     * @param directory as in the other constructor
     * @param spoolThreshold as in the other constructor
     */
    public PayloadStore(Path directory, long spoolThreshold) {
        this(directory, spoolThreshold, 0);
    }

    /**
     * Creates a store, and deletes the folders of dead processes in the directory.
     *
     * @param directory for the folder of spool files, created if missing; {@code null} for the JVM's temporary
     *     directory
     * @param spoolThreshold size in bytes up to which a payload stays in the heap; 0 for none
     * @param spoolLimit total size of files in bytes above which the JVM is asked for a garbage collection, which
     *     deletes the files of unreachable payloads; 0 for never. The limit never makes a write fail.
     */
    public PayloadStore(Path directory, long spoolThreshold, long spoolLimit) {
        if (spoolThreshold < 0 || spoolLimit < 0) {
            throw new IllegalArgumentException(
                    "spoolThreshold and spoolLimit must not be negative: " + spoolThreshold + ", " + spoolLimit);
        }
        this.spoolThreshold = spoolThreshold;
        this.spool = new Spool(directory, spoolLimit);
    }

    /**
     * The default threshold: a quarter of the JVM's maximum heap, divided by the number of concurrent calls. At least
     * 128 KB and at most 16 MB.
     *
     * @param maxConcurrentRequests largest number of calls in flight
     * @return bytes
     */
    public static long defaultSpoolThreshold(int maxConcurrentRequests) {
        long share = Runtime.getRuntime().maxMemory() / 4 / Math.max(1, maxConcurrentRequests);
        return Math.max(LEAST_SPOOL_THRESHOLD, Math.min(LARGEST_SPOOL_THRESHOLD, share));
    }

    /** A stream that collects the bytes of a new payload. */
    public Writer newWriter() {
        return new Writer(new PayloadWriting(spool, spoolThreshold, blocks));
    }

    /** The number of spool files, including those being written. */
    public int liveFiles() {
        return spool.liveFiles();
    }

    /** The total size of all spool files, in bytes. */
    public long liveBytes() {
        return spool.liveBytes();
    }

    /**
     * Deletes the folder with all its files, even if they are being read, and prevents new ones. Payloads in the heap
     * stay readable.
     */
    @Override
    public void close() throws IOException {
        spool.close();
    }

    /** The folder, and the number of files. */
    @Override
    public String toString() {
        return "PayloadStore[" + liveFiles() + " files in " + spool.directory() + "]";
    }

    /** Buffers for reading and writing payloads. */
    public BlockPool blocks() {
        return blocks;
    }

    /**
     * Collects the bytes of a payload. Ends with {@link #finish()}, or with {@link #close()}, which discards the bytes.
     * Not thread-safe.
     */
    public static final class Writer extends OutputStream {

        private final PayloadWriting writing;

        private Writer(PayloadWriting writing) {
            this.writing = writing;
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
         * Completes the payload.
         *
         * @throws IOException if the bytes could not be written; nothing is left of them
         * @throws IllegalStateException if it was already finished or closed
         */
        public Payload finish() throws IOException {
            return writing.finish();
        }

        /** Discards the bytes, unless {@link #finish()} has made a payload of them. */
        @Override
        public void close() {
            writing.discard();
        }
    }
}
