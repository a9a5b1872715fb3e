package io.github.camelgemini.image.backend.batch;

import java.io.IOException;

/** The results of a job, read while they arrive. Used by one thread at a time; must be closed. */
public interface JobResults extends AutoCloseable {

    /** The results of a job without any. */
    JobResults NONE = new JobResults() {
        @Override
        public JobResult next() {
            return null;
        }

        @Override
        public void close() {}
    };

    /**
     * Waits for the next result. A result that cannot be read becomes one with a failure, if the reader can continue
     * after it.
     *
     * @return null after the last
     * @throws IOException when the connection ends too early; the missing results can be requested again
     * @throws io.github.camelgemini.image.error.GeminiImageException when the service refuses to continue
     */
    JobResult next() throws IOException;

    /** Closes the connection. May be called by another thread. */
    @Override
    void close();
}
