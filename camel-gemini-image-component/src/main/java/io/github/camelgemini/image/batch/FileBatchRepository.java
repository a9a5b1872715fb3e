package io.github.camelgemini.image.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Batches that survive restarts, in a folder: each text in a file of its own, readable by the owner of the folder only, which is
 * replaced as a whole or not at all and forced to the disk; which results were delivered, in a journal for each batch.
 *
 * <p>Processes of a machine may share a folder: a process holds a batch by a lock of the operating system, which ends with it
 * however it ends. On a folder of the network that depends on the file system.
 *
 * <p>A file that cannot be read is an error that names it, and never a batch that is not there.
 */
public final class FileBatchRepository implements BatchRepository {

    private final BatchFolder folder;

    /**
     * In a folder of its own.
     *
     * @param folder created when missing, for its owner only
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
