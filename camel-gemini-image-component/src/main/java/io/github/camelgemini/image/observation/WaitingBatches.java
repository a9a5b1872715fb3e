package io.github.camelgemini.image.observation;

import java.time.Duration;

/**
 * The batches that a consumer waits for.
 *
 * @param open number of batches that are not delivered yet
 * @param oldest age of the oldest of these
 * @param overdue how many of these have exceeded their longest time
 */
public record WaitingBatches(int open, Duration oldest, int overdue) {

    /** For a consumer that has stopped, or has not polled yet. */
    public static final WaitingBatches NONE = new WaitingBatches(0, Duration.ZERO, 0);
}
