package io.github.camelgemini.image.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Stores batches in a folder, so that they survive restarts. Each text is a file that only the owner of the folder can
 * read. It is replaced as a whole and forced to the disk. Delivered results are in a journal for each batch.
 *
 * <p>Processes on one machine may share a folder. A process reserves a batch with a lock of the operating system, which
 * ends with the process. Whether this works in a network folder depends on the file system.
 *
 * <p>A file that cannot be read is an error that names it. It never counts as a missing batch.
 */
public final class FileBatchRepository implements BatchRepository {

    private final BatchFolder folder;

    /**
     * Uses a folder of its own.
     *
     * @param folder created if missing, with access for its owner only
     * @throws IOException when it cannot be created
     */
    public FileBatchRepository(Path folder) throws IOException {
        this.folder = BatchFolder.of(folder);
    }

    @Override
    public Optional<Entry> get(String id) throws IOException {
        return folder.get(id);
    }

    @Override
    public OptionalLong put(String id, String text, long version) throws IOException {
        return folder.put(id, text, version);
    }

    @Override
    public void remove(String id) throws IOException {
        folder.remove(id);
    }

    @Override
    public Set<String> batches() throws IOException {
        return folder.batches();
    }

    @Override
    public Optional<Hold> hold(String batch) throws IOException {
        return folder.hold(batch);
    }

    @Override
    public Optional<IdempotentRepository> delivered() {
        return Optional.of(folder.delivered());
    }

    @Override
    public String toString() {
        return "FileBatchRepository[" + folder + "]";
    }
}
