package io.github.camelgemini.image.batch;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Stores batches: small texts under ids, and which process works on a batch. To use your own, bind it in the registry
 * and name it in the option {@code batchRepository}. Several processes may share one.
 *
 * <p>An id is the id of a batch ({@code A-Za-z0-9._-}, up to 100 characters), or belongs to a batch. The second kind
 * has a {@code #} and a suffix: {@code products#0001}, {@code products#0001.0002}. Texts are JSON of about 100 KB at
 * most. Methods may block, and are called by several threads.
 */
public interface BatchRepository {

    /**
     * A stored text.
     *
     * @param version increases with each change, starting at 1
     */
    record Entry(String text, long version) {}

    /**
     * Reads a text.
     *
     * @return empty when there is none
     */
    Optional<Entry> get(String id) throws IOException;

    /**
     * Stores a text, unless it was changed meanwhile. When this returns, the text survives a crash, if the repository
     * outlives the process at all.
     *
     * @param version of the text to replace; 0 when there must be none
     * @return the new version; empty when there is another version
     */
    OptionalLong put(String id, String text, long version) throws IOException;

    /**
     * Deletes a text; does nothing when there is none. Deleting the text of a batch also deletes everything that
     * belongs to it, and its delivered keys if this repository stores them.
     */
    void remove(String id) throws IOException;

    /** The ids of all batches, without the ids that belong to them. */
    Set<String> batches() throws IOException;

    /**
     * Reserves a batch, so that no other thread or process works on it.
     *
     * @param batch its id, whether the batch exists or not; or a service's own id of a job
     * @return empty when another one has reserved it
     */
    Optional<Hold> hold(String batch) throws IOException;

    /**
     * The store of delivered results, as {@code batch/key}, for when no {@code idempotentRepository} is set. It must
     * keep each key as long as its batch.
     *
     * @return empty when this repository does not store them
     */
    Optional<IdempotentRepository> delivered();

    /** The reservation of a batch. It ends soon after its process dies. Closing it again does nothing. */
    interface Hold extends AutoCloseable {

        /**
         * Whether the reservation is still valid. Others may have taken the batch over because this process seemed to
         * be dead.
         */
        boolean lasts();

        @Override
        void close();
    }
}
