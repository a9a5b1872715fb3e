package io.github.camelgemini.image.budget;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a budget is kept: one text, which several processes may share. To use one of your own, bind it in the registry and name it
 * in the option {@code budgetRepository}. Methods may block, and are called by one thread at a time of each process.
 */
public interface BudgetRepository {

    /**
     * What is kept.
     *
     * @param text JSON, some 100 bytes for each call in flight
     * @param version counts up with each change, from 1
     */
    record Entry(String text, long version) {}

    /** @return empty when there is none */
    Optional<Entry> get() throws IOException;

    /**
     * Keeps a text, unless somebody else was faster.
     *
     * @param version that it takes the place of; 0 when there must be none
     * @return the version that it has now; empty when another is there
     */
    OptionalLong put(String text, long version) throws IOException;
}
