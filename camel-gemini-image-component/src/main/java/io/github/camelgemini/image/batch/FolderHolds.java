package io.github.camelgemini.image.batch;

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
 * Who works on which batch of a folder: each batch is a byte of one file, which the operating system locks. It ends the lock with
 * the process. The file is open as long as anything is held, since closing it would end all locks that this process has on it.
 */
final class FolderHolds {

    private final Path file;
    private final Map<String, FileLock> held = new HashMap<>();
    private FileChannel channel;

    FolderHolds(Path file) {
        this.file = file;
    }

    /**
     * @param ended run when the hold is closed, before anybody else can have it
     */
    synchronized Optional<BatchRepository.Hold> hold(String batch, Runnable ended) throws IOException {
        if (held.containsKey(batch)) {
            return Optional.empty();
        }
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        try {
            FileLock lock = channel.tryLock(place(batch), 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            held.put(batch, lock);
            return Optional.of(new FolderHold(batch, lock, ended));
        } catch (OverlappingFileLockException e) {
            // Of another class loader in this process.
            return Optional.empty();
        } finally {
            closeUnlessHeld();
        }
    }

    private synchronized void end(String batch, FileLock lock) throws IOException {
        if (held.remove(batch, lock)) {
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
    private static long place(String batch) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(batch.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 3;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private final class FolderHold implements BatchRepository.Hold {

        private final String batch;
        private final FileLock lock;
        private final Runnable ended;

        FolderHold(String batch, FileLock lock, Runnable ended) {
            this.batch = batch;
            this.lock = lock;
            this.ended = ended;
        }

        @Override
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
                end(batch, lock);
            } catch (IOException e) {
                throw new UncheckedIOException("Batch " + batch + " stays held in " + file, e);
            }
        }
    }
}
