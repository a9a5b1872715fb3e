package io.github.camelgemini.image.batch;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Where batches are remembered: small texts under ids, and who works on a batch now. To use one of your own, bind it in the
 * registry and name it in the option {@code batchRepository}. Several processes may share one.
 *
 * <p>Ids are those of batches ({@code A-Za-z0-9._-}, up to 100 characters), and of what belongs to one, which follows after a
 * {@code #}: {@code products#0001}, {@code products#0001.0002}. Texts are JSON of at most some 100 KB. Methods may block, and
 * are called by several threads.
 */
public interface BatchRepository {

    /**
     * A text.
     *
     * @param version counts up with each change, from 1
     */
    record Entry(String text, long version) {}

    /** @return empty when there is none */
    Optional<Entry> get(String id) throws IOException;

    /**
     * Keeps a text, unless somebody else was faster. It is safe from a crash when this returns, where the repository outlives
     * the process at all.
     *
     * @param version that it takes the place of; 0 when there must be none
     * @return the version that it has now; empty when another is there
     */
    OptionalLong put(String id, String text, long version) throws IOException;

    /**
     * Forgets a text; does nothing when there is none. With that of a batch goes all that belongs to the batch, and which of its
     * results were delivered, if that is kept here.
     */
    void remove(String id) throws IOException;

    /** The ids of all batches, without what belongs to them. */
    Set<String> batches() throws IOException;

    /**
     * Takes hold of a batch, so that nobody else works on it, in this process or another.
     *
     * @param batch its id, be it there or not; or what a service calls a job of its own
     * @return empty when somebody has it
     */
    Optional<Hold> hold(String batch) throws IOException;

    /**
     * Which results have been delivered, as {@code batch/key}, where no {@code idempotentRepository} is set. None may be forgotten
     * before its batch is.
     *
     * @return empty when this repository does not keep that
     */
    Optional<IdempotentRepository> delivered();

    /** A hold of a batch. When its process dies, it ends soon. To close it again does nothing. */
    interface Hold extends AutoCloseable {

        /** Whether it lasts. It may be lost, to others who had reason to believe that this process is dead. */
        boolean lasts();

        @Override
        void close();
    }
}
