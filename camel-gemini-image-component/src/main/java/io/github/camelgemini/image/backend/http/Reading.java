package io.github.camelgemini.image.backend.http;

import java.io.IOException;

/**
 * Makes of an answer what the caller wants of it, on a worker thread. The answer is there only as long as this lasts.
 *
 * @param <T> what the caller wants
 */
@FunctionalInterface
public interface Reading<T> {

    /**
     * Reads an answer of any status.
     *
     * @throws IOException when it cannot be read; told as a failure of the call
     */
    T read(HttpAnswer answer) throws IOException;
}
