package io.github.camelgemini.image.backend.batch;

/** How a job stands. What a service says beside these is {@link #RUNNING}. */
public enum JobState {
    /** Waits for its turn. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** The service gave it up because it took too long. */
    EXPIRED;

    /** Whether nothing more will be drawn. */
    public boolean isDone() {
        return this != PENDING && this != RUNNING;
    }
}
