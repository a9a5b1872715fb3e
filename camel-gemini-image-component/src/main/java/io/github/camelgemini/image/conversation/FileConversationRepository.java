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
 * Conversations that survive restarts: a JSON file each, readable by its owner only. A file is replaced as a whole or not at
 * all, also when the process is killed. Nothing is ever forgotten by itself; a file's time of change is that of its last
 * turn, for jobs that tidy up.
 */
public final class FileConversationRepository implements ConversationRepository, Closeable {

    private final Path directory;
    /** Writes into a folder of its own in the directory, which the next start removes if the process is killed. */
    private final PayloadStore drafts;

    /**
     * In a folder of its own.
     *
     * @param directory created when missing, for its owner only; one for each repository. Processes may use it at the same
     *     time, but then not for the same conversation
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

    /** The bytes before the name, so that not even a power failure leaves the name without them. */
    private static void force(Path written) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** The digest of the id, so that no id can name another file, however it is written. */
    private Path file(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Conversations stay. */
    @Override
    public void close() throws IOException {
        drafts.close();
    }

    @Override
    public String toString() {
        return "FileConversationRepository[" + directory + "]";
    }
}
