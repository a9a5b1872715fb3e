package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** A client that requests pictures and writes them to files. Thread-safe. */
interface PictureClient extends AutoCloseable {

    /** Requests one picture, with the reference images of the {@link Setting}. Returns when it is in the file. */
    void draw(String prompt, Path file) throws Exception;

    @Override
    void close() throws IOException;
}
