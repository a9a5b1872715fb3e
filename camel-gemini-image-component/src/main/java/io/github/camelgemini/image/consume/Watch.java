package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.Setbacks;
import java.time.Duration;
import java.time.Instant;

/** When to look at a batch again, and what failed for it. Used by one thread at a time. */
final class Watch {

    /** A new batch is polled often, an old one less often. */
    private static final int LOOKS_OF_AN_AGE = 20;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    /** After a crash, the submission must be able to reserve the batch first. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private final long first = System.nanoTime();
    private final Setbacks setbacks;
    private long next = first;
    private int failures;
    private boolean old;

    /**
     * @param maxAge the longest time that a batch may take
     */
    Watch(Duration maxAge) {
        setbacks = new Setbacks(maxAge);
    }

    boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Whether the batch was found recently. */
    boolean isNew() {
        return System.nanoTime() - first < NEW.toNanos();
    }

    /** The failures of the batch so far. */
    Setbacks setbacks() {
        return setbacks;
    }

    /** There is news about the batch. This does not end the pause after a failure. */
    void wake() {
        if (failures == 0) {
            next = System.nanoTime();
        }
    }

    /** Reports a look at the batch. */
    void looked(Batch batch, BatchDelivery.Outcome outcome) {
        if (outcome == BatchDelivery.Outcome.LEFT) {
            // At once at first, then with growing pauses, because a result that the route rejects is downloaded again
            // each time.
            pause(failures == 0 ? Duration.ZERO : afterFailures(failures - 1));
            failures++;
        } else {
            failures = 0;
            pause(age(batch).dividedBy(LOOKS_OF_AN_AGE));
        }
    }

    /** Reports a look that failed completely or partly. The pauses until the next look grow. */
    void failed() {
        pause(afterFailures(failures));
        failures++;
    }

    /** Pauses for this time, at most a minute. */
    void pause(Duration time) {
        next = System.nanoTime() + min(time, LONGEST).toNanos();
    }

    private static Duration afterFailures(int before) {
        return AFTER_A_FAILURE.multipliedBy(1L << Math.min(before, 6));
    }

    /** Whether the batch has just exceeded its longest time; true only once. */
    boolean becomesOld(Batch batch, Duration most) {
        if (old || age(batch).compareTo(most) <= 0) {
            return false;
        }
        old = true;
        return true;
    }

    static Duration age(Batch batch) {
        Duration age = Duration.between(batch.created(), Instant.now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
