package io.github.camelgemini.image.conversation;

import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Stores conversations in files, so that they survive restarts: a JSON file for each, which only its owner can read. A
 * file is replaced as a whole, even if the process is killed. Conversations are never deleted automatically. The
 * modification time of a file is the time of the last turn, for jobs that delete old files.
 */
public final class FileConversationRepository implements ConversationRepository, Closeable {

    private final Path directory;
    /** Writes to a subfolder of the directory, which the next start removes if the process was killed. */
    private final PayloadStore drafts;

    /**
     * Uses a folder of its own.
     *
     * @param directory created if missing, with access for its owner only; one for each repository. Processes may share
     *     it, but not for the same conversation at the same time.
     * @throws IOException when it cannot be created
     */
    public FileConversationRepository(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        if (Files.notExists(this.directory)) {
            create(this.directory);
        }
        this.drafts = new PayloadStore(this.directory, 0);
    }

    private static void create(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix =
                Files.getFileStore(parent == null ? Path.of(".") : parent).supportsFileAttributeView("posix");
        if (posix) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
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
    public void save(String id, PayloadSource contents) throws IOException {
        try (PayloadStore.Writer writer = drafts.newWriter();
                InputStream in = contents.newInputStream()) {
            in.transferTo(writer);
            Payload draft = writer.finish();
            try {
                Path written = draft.file().orElseThrow();
                force(written);
                Files.move(written, file(id), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                draft.discard();
            }
        }
    }

    /** Forces the bytes to the disk before the file is renamed, so that a power failure cannot leave an empty file. */
    private static void force(Path written) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** The file name is a digest of the id, so no id can lead to another file. */
    private Path file(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Keeps the conversations. */
    @Override
    public void close() throws IOException {
        drafts.close();
    }

    @Override
    public String toString() {
        return "FileConversationRepository[" + directory + "]";
    }
}
