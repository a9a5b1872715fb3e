package io.github.camelgemini.image.batch;

import java.util.HashMap;
import java.util.Map;

/** What failed in the passes through a batch so far, for the next one. Used by one thread at a time. */
public final class Setbacks {

    /** Passes in which the results of a part may fail, one after another. */
    private static final int MOST = 3;

    private final Map<Integer, Integer> passes = new HashMap<>();
    private int before;

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
        passes.merge(part.number(), 1, Integer::sum);
    }

    void worked(BatchPart part) {
        passes.remove(part.number());
    }

    boolean areTooMany(BatchPart part) {
        return passes.getOrDefault(part.number(), 0) >= MOST;
    }
}
