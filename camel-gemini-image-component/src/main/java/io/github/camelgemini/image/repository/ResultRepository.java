package io.github.camelgemini.image.repository;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where results are kept under the ids of their requests. To use one of your own, bind it in the registry and name it in the option
 * {@code resultRepository}. Methods may block, and are called by several threads. Ids have 1 to 1,000 characters,
 * without control characters; those of several pictures of one request have a line break and a number behind that.
 */
public interface ResultRepository {

    /**
     * What is kept under an id; the caller closes it.
     *
     * @return empty when there is nothing
     */
    Optional<InputStream> load(String id) throws IOException;

    /**
     * Keeps a result, whole or not at all, in the place of what was there.
     *
     * @param result some megabytes; its bytes can be read while this call lasts
     */
    void save(String id, PayloadSource result) throws IOException;

    /**
     * Says that the request of this id is being drawn, so that nobody else draws it meanwhile. Closing it ends that; the death of
     * the process should end it soon.
     *
     * @return empty when somebody draws it, in this process or another
     */
    Optional<Closeable> hold(String id) throws IOException;

    /** Where a result is kept, for messages about one that cannot be read. */
    default String placeOf(String id) {
        return toString();
    }
}
