package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.Setbacks;
import java.time.Duration;
import java.time.Instant;

/** When a batch is looked at again, and what failed of it. Used by one thread at a time. */
final class Watch {

    /** A batch that is young is asked for often, an old one now and then. */
    private static final int LOOKS_OF_AN_AGE = 20;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    /** After a crash whoever submits the batch goes on first, and needs to hold it. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private final long first = System.nanoTime();
    private final Setbacks setbacks;
    private long next = first;
    private int failures;
    private boolean old;

    /** @param maxAge how long a batch may take */
    Watch(Duration maxAge) {
        setbacks = new Setbacks(maxAge);
    }

    boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Whether it has not been known for long. */
    boolean isNew() {
        return System.nanoTime() - first < NEW.toNanos();
    }

    /** What failed of the batch so far. */
    Setbacks setbacks() {
        return setbacks;
    }

    /** Somebody says that there is news, which nobody can say of what failed. */
    void wake() {
        if (failures == 0) {
            next = System.nanoTime();
        }
    }

    /** It was looked at. */
    void looked(Batch batch, BatchDelivery.Outcome outcome) {
        if (outcome == BatchDelivery.Outcome.LEFT) {
            // At once at first, then ever later: what a route does not take is downloaded again each time.
            pause(failures == 0 ? Duration.ZERO : afterFailures(failures - 1));
            failures++;
        } else {
            failures = 0;
            pause(age(batch).dividedBy(LOOKS_OF_AN_AGE));
        }
    }

    /** It could not be looked at, or not at all of it: again later, and ever later. */
    void failed() {
        pause(afterFailures(failures));
        failures++;
    }

    /** Nobody looks at it for so long, or for a minute. */
    void pause(Duration time) {
        next = System.nanoTime() + min(time, LONGEST).toNanos();
    }

    private static Duration afterFailures(int before) {
        return AFTER_A_FAILURE.multipliedBy(1L << Math.min(before, 6));
    }

    /** Whether it is older than it may be, said once. */
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
