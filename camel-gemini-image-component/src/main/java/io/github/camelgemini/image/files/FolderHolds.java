package io.github.camelgemini.image.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reservations in a folder: each id is a byte of one file, locked by the operating system. The lock ends with the
 * process. The file stays open while anything is reserved, since closing it would release all locks of the process. So
 * a process must have only one object for each file. Thread-safe.
 */
public final class FolderHolds {

    private final Path file;
    private final Map<String, FileLock> held = new HashMap<>();
    private FileChannel channel;

    /**
     * @param file created with the first reservation
     */
    public FolderHolds(Path file) {
        this.file = file;
    }

    /**
     * Reserves an id.
     *
     * @param ended run when the reservation is closed, before another one can reserve the id
     * @return empty when it is reserved, by this process or another
     */
    public synchronized Optional<Hold> hold(String id, Runnable ended) throws IOException {
        if (held.containsKey(id)) {
            return Optional.empty();
        }
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        try {
            FileLock lock = channel.tryLock(place(id), 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            held.put(id, lock);
            return Optional.of(new Hold(id, lock, ended));
        } catch (OverlappingFileLockException e) {
            // Reserved by another class loader in this process.
            return Optional.empty();
        } finally {
            closeUnlessHeld();
        }
    }

    private synchronized void end(String id, FileLock lock) throws IOException {
        if (held.remove(id, lock)) {
            try {
                lock.release();
            } finally {
                closeUnlessHeld();
            }
        }
    }

    private void closeUnlessHeld() throws IOException {
        if (held.isEmpty()) {
            channel.close();
            channel = null;
        }
    }

    /** A position in the file. There are 2^61, so different ids get different ones. */
    private static long place(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 3;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A reservation; closing it again does nothing. */
    public final class Hold implements AutoCloseable {

        private final String id;
        private final FileLock lock;
        private final Runnable ended;

        private Hold(String id, FileLock lock, Runnable ended) {
            this.id = id;
            this.lock = lock;
            this.ended = ended;
        }

        /** Whether the reservation is still valid. */
        public boolean lasts() {
            return lock.isValid();
        }

        @Override
        public void close() {
            if (!lock.isValid()) {
                return;
            }
            try {
                ended.run();
            } finally {
                release();
            }
        }

        private void release() {
            try {
                end(id, lock);
            } catch (IOException e) {
                throw new UncheckedIOException("The lock of '" + id + "' in " + file + " could not be released", e);
            }
        }
    }
}
