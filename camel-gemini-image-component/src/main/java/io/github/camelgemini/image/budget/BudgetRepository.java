package io.github.camelgemini.image.budget;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores a budget: one text, which several processes may share. To use your own, bind it in the registry and name it in
 * the option {@code budgetRepository}. Methods may block. Each process calls them from one thread at a time.
 */
public interface BudgetRepository {

    /**
     * The stored text.
     *
     * @param text JSON, about 100 bytes for each call in flight
     * @param version increases with each change, starting at 1
     */
    record Entry(String text, long version) {}

    /**
     * Reads the text.
     *
     * @return empty when there is none
     */
    Optional<Entry> get() throws IOException;

    /**
     * Stores a text, unless it was changed meanwhile.
     *
     * @param version of the text to replace; 0 when there must be none
     * @return the new version; empty when there is another version
     */
    OptionalLong put(String text, long version) throws IOException;
}
