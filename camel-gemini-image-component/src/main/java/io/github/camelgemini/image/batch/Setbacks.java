package io.github.camelgemini.image.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The failures in earlier passes through a batch. Used by one thread at a time. */
public final class Setbacks {

    /** How many passes in a row may fail for a part. */
    private static final int MOST = 3;
    /** The first passes are seconds apart, but an outage lasts longer. */
    private static final Duration MOST_TIME = Duration.ofHours(1);

    private final Map<Integer, Failures> failures = new HashMap<>();
    private final Duration time;
    private final LongSupplier nanoTime;
    private int before;

    /**
     * @param first when the first one happened
     */
    private record Failures(int passes, long first) {}

    /**
     * @param maxAge the longest time that a batch may take. Failures may last as long, but at most an hour.
     */
    public Setbacks(Duration maxAge) {
        this(maxAge, System::nanoTime);
    }

    /**
     * @param nanoTime a clock such as {@link System#nanoTime()}
     */
    public Setbacks(Duration maxAge, LongSupplier nanoTime) {
        this.time = maxAge.compareTo(MOST_TIME) < 0 ? maxAge : MOST_TIME;
        this.nanoTime = nanoTime;
    }

    /** How many parts at the beginning come after all others in the next pass. */
    int before() {
        return before;
    }

    /** The pass ended with this part, before it reached the others. In the next pass the others come first. */
    void endedWith(BatchPart part) {
        before = part.number();
    }

    /** The pass reached all parts. */
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
