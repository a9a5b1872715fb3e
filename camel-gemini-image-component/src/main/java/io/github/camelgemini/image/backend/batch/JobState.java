package io.github.camelgemini.image.backend.batch;

/** The state of a job. All other states of a service count as {@link #RUNNING}. */
public enum JobState {
    /** Not started yet. */
    PENDING,
    /** Being processed. */
    RUNNING,
    /** Ended with results; single requests may have failed. */
    SUCCEEDED,
    /** Failed as a whole. */
    FAILED,
    /** Cancelled by a client. */
    CANCELLED,
    /** The service ended the job because it took too long. */
    EXPIRED;

    /** Whether the job has ended. */
    public boolean isDone() {
        return this != PENDING && this != RUNNING;
    }
}
