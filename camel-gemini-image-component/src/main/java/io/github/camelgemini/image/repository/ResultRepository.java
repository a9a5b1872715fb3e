package io.github.camelgemini.image.repository;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Stores results under the ids of their requests. To use your own, bind it in the registry and name it in the option
 * {@code resultRepository}. Methods may block, and are called by several threads. Ids have 1 to 1,000 characters,
 * without control characters. For a request of several pictures, a line break and a number follow.
 */
public interface ResultRepository {

    /**
     * Reads a result; the caller closes it.
     *
     * @return empty when there is none
     */
    Optional<InputStream> load(String id) throws IOException;

    /**
     * Stores a result completely or not at all. Replaces an earlier one.
     *
     * @param result some megabytes; readable only until this method returns
     */
    void save(String id, PayloadSource result) throws IOException;

    /**
     * Reserves the id, so that only one process sends its request. Closing ends the reservation; it should also end
     * soon after the process dies.
     *
     * @return empty when it is reserved, by this process or another
     */
    Optional<Closeable> hold(String id) throws IOException;

    /** Where a result is stored, for messages about one that cannot be read. */
    default String placeOf(String id) {
        return toString();
    }
}
