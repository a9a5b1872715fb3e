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
 * Files that are written whole and for good. An interrupt, as when a route is stopped, closes channels in the midst of their
 * work; here it waits until the work is done, since what was delivered and not noted would be delivered again.
 */
public final class WholeFiles {

    private WholeFiles() {}

    /** Something that may be begun again when it was interrupted. */
    public interface Work<T> {
        T done() throws IOException;
    }

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

    /** @return empty when there is none */
    public static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(uninterrupted(() -> Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes the contents of a file, from the start. */
    public interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void replace(Path file, byte[] contents) throws IOException {
        replace(file, out -> out.write(contents));
    }

    /** Puts a file in the place of another, or where there was none. A crash leaves one or the other. */
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

    /** Anew, for its owner only, whatever the folder allows. */
    private static void create(Path draft) throws IOException {
        Files.deleteIfExists(draft);
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** That files were made, renamed and removed, where the system can force that: Windows cannot. */
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

    /** Creates a folder for its owner only, with those above it; does nothing when it is there. */
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

    /** Waits for the lock of a file, which is made for it. Closing its channel ends it. */
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
