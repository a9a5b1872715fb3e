package io.github.camelgemini.image.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What failed in the passes through a batch so far, for the next one. Used by one thread at a time. */
public final class Setbacks {

    /** Passes in which the results of a part may fail, one after another. */
    private static final int MOST = 3;
    /** The first passes are seconds apart, and an outage is longer. */
    private static final Duration MOST_TIME = Duration.ofHours(1);

    private final Map<Integer, Failures> failures = new HashMap<>();
    private final Duration time;
    private final LongSupplier nanoTime;
    private int before;

    /** @param first when the first of them was, by the clock */
    private record Failures(int passes, long first) {}

    /** @param maxAge how long a batch may take: what fails may do so for as long, or for an hour if that is less */
    public Setbacks(Duration maxAge) {
        this(maxAge, System::nanoTime);
    }

    /** @param nanoTime a clock as {@link System#nanoTime()} */
    public Setbacks(Duration maxAge, LongSupplier nanoTime) {
        this.time = maxAge.compareTo(MOST_TIME) < 0 ? maxAge : MOST_TIME;
        this.nanoTime = nanoTime;
    }

    /** How many parts come after all others in the next pass: those in front of the first one that has its turn. */
    int before() {
        return before;
    }

    /** A pass ended with this part, though there are others. They have their turn before those that it came to. */
    void endedWith(BatchPart part) {
        before = part.number();
    }

    /** A pass came to all parts. */
    void cameToAll() {
        before = 0;
    }

    void failed(BatchPart part) {
        failures.merge(
                part.number(),
                new Failures(1, nanoTime.getAsLong()),
                (known, one) -> new Failures(known.passes + 1, known.first));
    }

    void worked(BatchPart part) {
        failures.remove(part.number());
    }

    boolean areTooMany(BatchPart part) {
        Failures known = failures.get(part.number());
        return known != null && known.passes >= MOST && nanoTime.getAsLong() - known.first >= time.toNanos();
    }
}
