package io.github.camelgemini.image.backend.batch;

/** The state of a job. All other states of a service count as {@link #RUNNING}. */
public enum JobState {
    /** Not started yet. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** The service ended the job because it took too long. */
    EXPIRED;

    /** Whether the job has ended. */
    public boolean isDone() {
        return this != PENDING && this != RUNNING;
    }
}
