package io.github.camelgemini.image.payload.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder for spool files that only its owner can access. It shows other processes whether its own process is alive:
 * it contains a file that is locked while this object is open. The operating system releases the lock however the
 * process ends.
 */
final class SpoolFolder {

    static final String PREFIX = "camel-gemini-image-";
    static final String LOCK = "lock";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ATTEMPTS = 16;
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final boolean posix;
    private final FileChannel lock;

    private SpoolFolder(Path path, boolean posix, FileChannel lock) {
        this.path = path;
        this.posix = posix;
        this.lock = lock;
    }

    /**
     * Creates a folder in {@code directory}.
     *
     * @throws IOException if it cannot be created
     */
    static SpoolFolder create(Path directory) throws IOException {
        Files.createDirectories(directory);
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path path = directory.resolve(PREFIX + randomName());
            try {
                Files.createDirectory(path, ownerOnly(posix, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            LiveFolders.add(path);
            FileChannel lock = FileChannel.open(path.resolve(LOCK), NEW, ownerOnly(posix, "rw-------"));
            // A process that starts at the same time may have found the file before it was locked, and deleted it.
            if (isLocked(lock) && Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
                return new SpoolFolder(path, posix, lock);
            }
            lock.close();
            LiveFolders.remove(path);
        }
        throw new IOException("No spool folder could be created in " + directory);
    }

    Path path() {
        return path;
    }

    /** A name that cannot be guessed, except its ending. */
    static Path newName(Path folder, String ending) {
        return folder.resolve(randomName() + ending);
    }

    /**
     * Creates a file that only its owner can read and write.
     *
     * @throws NoSuchFileException if the folder was deleted
     */
    FileChannel newFile(Path file) throws IOException {
        return FileChannel.open(file, NEW, ownerOnly(posix, "rw-------"));
    }

    /** Deletes the folder and everything in it. */
    void remove() throws IOException {
        try {
            deleteWithContents(path);
        } finally {
            lock.close();
            LiveFolders.remove(path);
        }
    }

    static void deleteWithContents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.endsWith(LOCK)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
        // Last, so that an interrupted deletion is found and completed by the next start.
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }

    private static boolean isLocked(FileChannel lock) {
        try {
            return lock.tryLock() != null;
        } catch (IOException e) {
            // On a file system without locks, other processes cannot mistake the folder for one of a dead process.
            return true;
        }
    }

    private static FileAttribute<?>[] ownerOnly(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String randomName() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
