package io.github.camelgemini.image.backend.http;

import java.io.IOException;

/**
 * Reads an answer on a worker thread. The answer is only available during this call.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Reading<T> {

    /**
     * Reads an answer of any status.
     *
     * @throws IOException when the answer cannot be read; the call fails with it
     */
    T read(HttpAnswer answer) throws IOException;
}
