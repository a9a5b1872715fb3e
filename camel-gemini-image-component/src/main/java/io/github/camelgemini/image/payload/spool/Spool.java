package io.github.camelgemini.image.payload.spool;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder of spool files, created with the first file. Only the user of the process can read folder and files. A new
 * spool deletes the folders of dead processes in the same directory, and never one of a live process. Thread-safe.
 */
public final class Spool implements Closeable {

    /** Never closed; its folder is deleted by the next start, like that of a dead process. */
    private static final class OfJvm {
        static final Spool SPOOL = new Spool(null, 0);
    }

    private final Path directory;
    private final SpoolBooks books;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

    /**
     * Created when needed. Its thread ends some time after it is unreachable and has nothing to watch, which closing
     * ensures.
     */
    private Cleaner cleaner;

    private SpoolFolder folder;
    private boolean closed;

    /**
     * Creates a spool, and deletes the folders of dead processes in the directory.
     *
     * @param directory for the folder, created if missing; {@code null} for the JVM's temporary directory
     * @param limit total size of files in bytes above which the JVM is asked for a garbage collection; 0 for never. The
     *     limit never makes a write fail.
     */
    public Spool(Path directory, long limit) {
        this.directory = Objects.requireNonNullElseGet(directory, () -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        this.books = new SpoolBooks(limit, System::gc, System::nanoTime);
        DeadFolders.remove(this.directory);
    }

    /** A spool in the JVM's temporary directory that is never closed, for files that belong to no component. */
    public static Spool ofJvm() {
        return OfJvm.SPOOL;
    }

    /**
     * Creates a file, open for writing.
     *
     * @param ending the end of its name; the rest cannot be guessed
     * @throws SpoolException if it cannot be created, or the spool is closed
     */
    public synchronized SpoolFile newFile(String ending) throws SpoolException {
        checkOpen();
        try {
            if (folder == null) {
                folder = SpoolFolder.create(directory);
            }
            try {
                return openIn(folder, ending);
            } catch (NoSuchFileException e) {
                // Jobs that clean up /tmp delete what was not changed for days, such as the folder of a quiet route.
                folder.remove();
                folder = SpoolFolder.create(directory);
                return openIn(folder, ending);
            }
        } catch (IOException e) {
            throw new SpoolException("cannot create a spool file: " + e, e);
        }
    }

    /**
     * Creates a hard link to a file of this spool. The link exists until {@code owner} is unreachable.
     *
     * @param ending the end of its name
     * @throws UnsupportedOperationException if the file system has no hard links
     * @throws IOException if it cannot be created, or the spool is closed
     */
    public synchronized Path newLink(Path file, String ending, Object owner) throws IOException {
        checkOpen();
        Path link = Files.createLink(SpoolFolder.newName(file.getParent(), ending), file);
        whenUnreachable(owner, () -> SpoolFile.delete(link));
        return link;
    }

    /**
     * Runs an action some time after an object becomes unreachable, or when the result is told to, or when this spool
     * is closed.
     *
     * @param action must not refer to the object
     */
    public Cleaner.Cleanable whenUnreachable(Object object, Runnable action) {
        Watched entry = new Watched(action);
        synchronized (this) {
            if (!closed) {
                if (cleaner == null) {
                    cleaner = Cleaner.create();
                }
                entry.cleanable = cleaner.register(object, entry);
                watched.add(entry);
                Reference.reachabilityFence(object);
                return entry.cleanable;
            }
        }
        action.run();
        return () -> {};
    }

    /** An action that runs once, when an object is unreachable. */
    private final class Watched implements Runnable {

        private final Runnable action;
        private Cleaner.Cleanable cleanable;

        Watched(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            watched.remove(this);
            action.run();
        }
    }

    /** The number of files, including those being written, without links. */
    public int liveFiles() {
        return books.files();
    }

    /** The total size of all files, in bytes. */
    public long liveBytes() {
        return books.bytes();
    }

    /** The directory that contains the folder. */
    public Path directory() {
        return directory;
    }

    /** Deletes the folder with all its files, even if they are being read, and prevents new ones. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        cleaner = null;
        try {
            if (folder != null) {
                SpoolFolder last = folder;
                folder = null;
                last.remove();
            }
        } finally {
            watched.forEach(entry -> entry.cleanable.clean());
        }
    }

    private void checkOpen() throws SpoolException {
        if (closed) {
            throw new SpoolException("The payload store is closed", null);
        }
    }

    private SpoolFile openIn(SpoolFolder in, String ending) throws IOException {
        Path path = SpoolFolder.newName(in.path(), ending);
        FileChannel channel = in.newFile(path);
        return new SpoolFile(path, channel, books);
    }
}
