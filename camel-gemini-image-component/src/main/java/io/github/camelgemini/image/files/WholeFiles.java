package io.github.camelgemini.image.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Writes files as a whole, and forces them to the disk. An interrupt, such as the stop of a route, would close a
 * channel during the work. Here it takes effect after the work, since a delivered result that is not noted would be
 * delivered again.
 */
public final class WholeFiles {

    private WholeFiles() {}

    /** Work that can be repeated after an interrupt. */
    public interface Work<T> {
        /** Does the work. */
        T done() throws IOException;
    }

    /** Does work that an interrupt must not end; the interrupt takes effect afterwards. */
    public static <T> T uninterrupted(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.done();
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Reads a file.
     *
     * @return empty when there is none
     */
    public static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(uninterrupted(() -> Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes the contents of a file, from the beginning. */
    public interface Contents {
        /** Writes the contents; may be called again after an interrupt. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces a file, or creates it, with these bytes. */
    public static void replace(Path file, byte[] contents) throws IOException {
        replace(file, out -> out.write(contents));
    }

    /** Replaces a file, or creates it. After a crash, either the old or the new file exists. */
    public static void replace(Path file, Contents contents) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        uninterrupted(() -> {
            create(draft);
            try (OutputStream out = Files.newOutputStream(draft)) {
                contents.writeTo(out);
            } catch (Throwable e) {
                Files.deleteIfExists(draft);
                throw e;
            }
            force(draft, StandardOpenOption.WRITE);
            return null;
        });
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        forceNames(file.getParent());
    }

    /** Creates an empty file for its owner only, whatever the permissions of the folder are. */
    private static void create(Path draft) throws IOException {
        Files.deleteIfExists(draft);
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** Forces created, renamed and removed names to the disk. Windows does not support this. */
    public static void forceNames(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            uninterrupted(() -> {
                force(folder, StandardOpenOption.READ);
                return null;
            });
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Creates a folder and its parents for the owner only; does nothing when it exists. */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
        if (folder.getParent() != null) {
            forceNames(folder.getParent());
        }
    }

    /** Waits for the lock of a file, which is created if missing. Closing its channel releases the lock. */
    public static FileLock lock(Path file) throws IOException {
        return uninterrupted(() -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                return channel.lock();
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        });
    }
}
