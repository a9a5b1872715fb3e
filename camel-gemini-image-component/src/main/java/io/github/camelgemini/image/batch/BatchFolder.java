package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.files.FolderHolds;
import io.github.camelgemini.image.files.WholeFiles;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The files of a folder that stores batches: a subfolder for each batch, with a file for each text. A process has one
 * object for each folder, because locks of the operating system belong to the process.
 */
final class BatchFolder {

    private static final Map<Path, WeakReference<BatchFolder>> ALL = new HashMap<>();
    private static final String OF_BATCH = "batch-";
    private static final String GONE = "gone-";
    private static final String BATCH = "batch";
    private static final String PART = "row-";
    private static final String JOURNAL = "delivered";

    private final Path folder;
    private final FolderHolds holds;
    private final DeliveredJournals delivered;

    private BatchFolder(Path folder) {
        this.folder = folder;
        this.holds = new FolderHolds(folder.resolve("holds.lock"));
        this.delivered = new DeliveredJournals(this::journal, this::journals);
    }

    static BatchFolder of(Path path) throws IOException {
        WholeFiles.createFolder(path.toAbsolutePath());
        Path folder = path.toRealPath();
        synchronized (ALL) {
            ALL.values().removeIf(reference -> reference.get() == null);
            WeakReference<BatchFolder> there = ALL.get(folder);
            BatchFolder known = there == null ? null : there.get();
            if (known == null) {
                known = new BatchFolder(folder);
                ALL.put(folder, new WeakReference<>(known));
            }
            return known;
        }
    }

    Optional<BatchRepository.Entry> get(String id) throws IOException {
        Path file = file(id);
        Optional<byte[]> bytes = WholeFiles.read(file);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(id, file, bytes.get()));
    }

    synchronized OptionalLong put(String id, String text, long version) throws IOException {
        try (Writing writing = new Writing()) {
            if (get(id).map(BatchRepository.Entry::version).orElse(0L) != version) {
                return OptionalLong.empty();
            }
            Path file = file(id);
            WholeFiles.createFolder(file.getParent());
            WholeFiles.replace(file, format(text, version + 1));
            return OptionalLong.of(version + 1);
        }
    }

    synchronized void remove(String id) throws IOException {
        try (Writing writing = new Writing()) {
            if (!BatchRow.isBatch(id)) {
                Files.deleteIfExists(file(id));
                return;
            }
            // At once: the journal must not outlive its batch, or the next batch with the same id would use it.
            try {
                Files.move(folderOf(id), folder.resolve(GONE + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                return;
            } finally {
                delivered.forget(journalOf(id));
            }
            WholeFiles.forceNames(folder);
            deleteWhatIsGone();
        }
    }

    private void deleteWhatIsGone() throws IOException {
        for (Path gone : list(GONE + "*")) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(gone)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    Set<String> batches() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Path batch : list(OF_BATCH + "*")) {
            if (Files.exists(batch.resolve(BATCH))) {
                ids.add(SafeName.decode(batch.getFileName().toString().substring(OF_BATCH.length())));
            }
        }
        return ids;
    }

    private List<Path> list(String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        }
    }

    Optional<BatchRepository.Hold> hold(String batch) throws IOException {
        return holds.hold(batch, () -> delivered.release(journalOf(batch))).map(OfFolder::new);
    }

    private record OfFolder(FolderHolds.Hold hold) implements BatchRepository.Hold {

        @Override
        public boolean lasts() {
            return hold.lasts();
        }

        @Override
        public void close() {
            hold.close();
        }
    }

    IdempotentRepository delivered() {
        return delivered;
    }

    /** The journal of delivered results. It is stored with its batch, so that both are deleted together. */
    private Path journal(String key) {
        String batch = BatchRow.batchOfResult(key);
        return batch.isEmpty() || !Files.exists(file(batch)) ? folder.resolve(JOURNAL) : journalOf(batch);
    }

    private Path journalOf(String batch) {
        return folderOf(batch).resolve(JOURNAL);
    }

    private List<Path> journals() throws IOException {
        return Stream.concat(Stream.of(folder), list(OF_BATCH + "*").stream())
                .map(place -> place.resolve(JOURNAL))
                .filter(Files::exists)
                .toList();
    }

    private Path folderOf(String batch) {
        return folder.resolve(OF_BATCH + SafeName.encode(batch));
    }

    private Path file(String id) {
        BatchRow row = BatchRow.of(id);
        return folderOf(row.batch()).resolve(row.part() == null ? BATCH : PART + SafeName.encode(row.part()));
    }

    /** A line with version and checksum, then the text. */
    private static byte[] format(String text, long version) {
        return (version + " " + checksum(text) + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static BatchRepository.Entry parse(String id, Path file, byte[] bytes) throws IOException {
        String contents = new String(bytes, StandardCharsets.UTF_8);
        int end = contents.indexOf('\n');
        String[] head = end < 0 ? new String[0] : contents.substring(0, end).split(" ");
        String text = contents.substring(end + 1);
        if (head.length != 2 || !head[0].matches("[1-9][0-9]{0,17}") || !head[1].equals(checksum(text))) {
            throw new IOException("The file " + file + " of batch " + id
                    + " is damaged. Restore it from a backup. Without it the batch is unknown");
        }
        return new BatchRepository.Entry(text, Long.parseLong(head[0]));
    }

    private static String checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** Only one process writes files at a time. */
    private final class Writing implements AutoCloseable {

        private final FileLock lock;

        Writing() throws IOException {
            lock = WholeFiles.lock(folder.resolve("writing.lock"));
        }

        @Override
        public void close() throws IOException {
            lock.acquiredBy().close();
        }
    }
}
