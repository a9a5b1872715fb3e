package io.github.camelgemini.image.repository;

import io.github.camelgemini.image.files.FolderHolds;
import io.github.camelgemini.image.files.WholeFiles;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Stores results in a folder, so that they survive restarts. Each result is a file that only the owner of the folder
 * can read. It is written as a whole, and forced to the disk before the message continues. Processes on one machine may
 * share a folder; the reservations of a killed process end with it. Whether this works in a network folder depends on
 * the file system.
 *
 * <p>Results are never deleted automatically. Jobs that delete old files can use the modification time.
 */
public final class FileResultRepository implements ResultRepository {

    /** One for each folder in a process, because locks of the operating system belong to the process. */
    private static final Map<Path, WeakReference<FolderHolds>> ALL = new HashMap<>();

    private final Path folder;
    private final FolderHolds holds;

    /**
     * Uses a folder of its own.
     *
     * @param folder created if missing, with access for its owner only
     * @throws IOException when it cannot be created
     */
    public FileResultRepository(Path folder) throws IOException {
        WholeFiles.createFolder(folder.toAbsolutePath());
        this.folder = folder.toRealPath();
        this.holds = holds(this.folder);
    }

    private static FolderHolds holds(Path folder) {
        synchronized (ALL) {
            ALL.values().removeIf(reference -> reference.get() == null);
            WeakReference<FolderHolds> there = ALL.get(folder);
            FolderHolds known = there == null ? null : there.get();
            if (known == null) {
                known = new FolderHolds(folder.resolve("results.lock"));
                ALL.put(folder, new WeakReference<>(known));
            }
            return known;
        }
    }

    @Override
    public Optional<InputStream> load(String id) throws IOException {
        try {
            return Optional.of(Files.newInputStream(file(id), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void save(String id, PayloadSource result) throws IOException {
        WholeFiles.replace(file(id), out -> {
            try (InputStream in = result.newInputStream()) {
                in.transferTo(out);
            }
        });
    }

    @Override
    public Optional<Closeable> hold(String id) throws IOException {
        return holds.hold(id, () -> {}).map(hold -> hold::close);
    }

    @Override
    public String placeOf(String id) {
        return "file " + file(id);
    }

    /** The file name is a digest of the id, so no id can lead to another file. */
    private Path file(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest) + ".result");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "FileResultRepository[" + folder + "]";
    }
}
