package io.github.camelgemini.image.observation;

import java.time.Duration;

/**
 * How it stands with the batches of a consumer.
 *
 * @param open that are not delivered
 * @param oldest age of the oldest of these
 * @param overdue of these, that are older than they may be
 */
public record WaitingBatches(int open, Duration oldest, int overdue) {

    /** Of a consumer that has stopped, or has not looked yet. */
    public static final WaitingBatches NONE = new WaitingBatches(0, Duration.ZERO, 0);
}
