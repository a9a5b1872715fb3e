package io.github.camelgemini.image.payload;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who still needs something; starts with one owner, and once the last one has gone nobody can come back. */
final class Owners {

    private final AtomicInteger count = new AtomicInteger(1);

    /** Adds an owner; false if the last one had gone already. */
    boolean add() {
        return count.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /** Removes an owner; true for the call that removed the last one, never again after it. */
    boolean remove() {
        return count.getAndUpdate(n -> n == 0 ? 0 : n - 1) == 1;
    }

    boolean any() {
        return count.get() > 0;
    }
}
