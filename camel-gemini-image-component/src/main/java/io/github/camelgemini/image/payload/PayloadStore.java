package io.github.camelgemini.image.payload;

import io.github.camelgemini.image.payload.spool.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
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

    private final Spool spool;
    private final long spoolThreshold;
    private final BlockPool blocks = new BlockPool();

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
        this.spoolThreshold = spoolThreshold;
        this.spool = new Spool(directory, spoolLimit);
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

    /** A stream that collects the bytes of one new payload. */
    public Writer newWriter() {
        return new Writer(new PayloadWriting(spool, spoolThreshold, blocks));
    }

    /** How many spool files there are, those being written included. */
    public int liveFiles() {
        return spool.liveFiles();
    }

    /** How many bytes all spool files have together. */
    public long liveBytes() {
        return spool.liveBytes();
    }

    /**
     * Removes the folder with all its files, whoever may still read them, and lets no new ones be made. Payloads in
     * memory stay readable.
     */
    @Override
    public void close() throws IOException {
        spool.close();
    }

    /** Where the store keeps its files, and how many. */
    @Override
    public String toString() {
        return "PayloadStore[" + liveFiles() + " files in " + spool.directory() + "]";
    }

    /** Buffers for whoever reads or writes a payload. */
    public BlockPool blocks() {
        return blocks;
    }

    /**
     * Collects the bytes of one payload. Ends with either {@link #finish()}, or {@link #close()}, which discards what
     * was written. Not thread-safe.
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
