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
 * A folder of files, which is made with the first of them; folder and files can be read by the user of the process only. A new
 * spool removes the folders that killed processes left in the same directory, and never one of a process that lives. Thread-safe.
 */
public final class Spool implements Closeable {

    /** Its folder goes with the next start, as that of a killed process. */
    private static final class OfJvm {
        static final Spool SPOOL = new Spool(null, 0);
    }

    private final Path directory;
    private final SpoolBooks books;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

    /** Its thread ends some time after it is unreachable and watches nothing, which closing sees to. Made when it is needed. */
    private Cleaner cleaner;

    private SpoolFolder folder;
    private boolean closed;

    /**
     * A spool in the given directory, with the folders of killed processes removed from it.
     *
     * @param directory for the folder, created when missing; {@code null} for the temporary directory of the JVM
     * @param limit above how many bytes of files the JVM is asked to collect what nobody reaches any more; 0 never asks. Nothing
     *     is refused for it
     */
    public Spool(Path directory, long limit) {
        this.directory = Objects.requireNonNullElseGet(directory, () -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        this.books = new SpoolBooks(limit, System::gc, System::nanoTime);
        DeadFolders.remove(this.directory);
    }

    /** One that is never closed, in the temporary directory of the JVM, for what belongs to no component. */
    public static Spool ofJvm() {
        return OfJvm.SPOOL;
    }

    /**
     * A file that was just created, to be written.
     *
     * @param ending what its name ends with; the rest of it cannot be guessed
     * @throws SpoolException if none can be made, or the spool is closed
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
                // Jobs that tidy /tmp remove what was not touched for days, as the folder of a quiet route.
                folder.remove();
                folder = SpoolFolder.create(directory);
                return openIn(folder, ending);
            }
        } catch (IOException e) {
            throw new SpoolException("cannot create a spool file: " + e, e);
        }
    }

    /**
     * Another name for a file of this spool, which is there until {@code owner} is unreachable.
     *
     * @param ending what the name ends with
     * @throws UnsupportedOperationException if the file system has no such thing
     * @throws IOException if it cannot be made, or the spool is closed
     */
    public synchronized Path newLink(Path file, String ending, Object owner) throws IOException {
        checkOpen();
        Path link = Files.createLink(SpoolFolder.newName(file.getParent(), ending), file);
        whenUnreachable(owner, () -> SpoolFile.delete(link));
        return link;
    }

    /**
     * Runs the action some time after an object has become unreachable, or when the result is told to, or when this is closed.
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

    /** What is done once, when something is unreachable. */
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

    /** How many files there are, those being written included, and links not. */
    public int liveFiles() {
        return books.files();
    }

    /** How many bytes all files have together. */
    public long liveBytes() {
        return books.bytes();
    }

    /** Where the folder is made. */
    public Path directory() {
        return directory;
    }

    /** Removes the folder with all its files, whoever may still read them, and lets no new ones be made. */
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
