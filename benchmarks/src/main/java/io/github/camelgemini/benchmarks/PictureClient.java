package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** A contestant at work: has pictures drawn and written to files. Thread-safe. */
interface PictureClient extends AutoCloseable {

    /** Has one picture drawn, with the references of the {@link Setting}; returns when it is in the file. */
    void draw(String prompt, Path file) throws Exception;

    @Override
    void close() throws IOException;
}
