package io.github.camelgemini.image.backend.batch;

import java.io.IOException;

/** Results on their way from the service. Used by one thread at a time; to be closed. */
public interface JobResults extends AutoCloseable {

    /** A job that has drawn nothing. */
    JobResults NONE = new JobResults() {
        @Override
        public JobResult next() {
            return null;
        }

        @Override
        public void close() {}
    };

    /**
     * Waits for the next one. A result that cannot be read is one with a failure, as long as the next one can be found.
     *
     * @return null after the last
     * @throws IOException when the connection ends before; what is missing can be had by asking again
     * @throws io.github.camelgemini.image.error.GeminiImageException when the service refuses to go on
     */
    JobResult next() throws IOException;

    /** Ends the connection, also from another thread. */
    @Override
    void close();
}
