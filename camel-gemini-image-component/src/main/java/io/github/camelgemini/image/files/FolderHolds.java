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
 * Who works on what of a folder: each id is a byte of one file, which the operating system locks. It ends the lock with the
 * process. The file is open as long as anything is held, since closing it would end all locks that this process has on it; so
 * there is to be one of a file in a process. Thread-safe.
 */
public final class FolderHolds {

    private final Path file;
    private final Map<String, FileLock> held = new HashMap<>();
    private FileChannel channel;

    /** @param file made with the first hold */
    public FolderHolds(Path file) {
        this.file = file;
    }

    /**
     * Takes hold of an id.
     *
     * @param ended run when the hold is closed, before anybody else can have it
     * @return empty when somebody has it, in this process or another
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
            // Of another class loader in this process.
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

    /** Far apart for different ids: there are 2^61 places. */
    private static long place(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 3;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A hold; to close it again does nothing. */
    public final class Hold implements AutoCloseable {

        private final String id;
        private final FileLock lock;
        private final Runnable ended;

        private Hold(String id, FileLock lock, Runnable ended) {
            this.id = id;
            this.lock = lock;
            this.ended = ended;
        }

        /** Whether it lasts. */
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
