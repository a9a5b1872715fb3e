package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.budget.BudgetRepository;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Stores a budget in a batch repository, with the same versions and the same protection against crashes. */
final class BudgetRow implements BudgetRepository {

    /** An id that no batch can have. */
    private static final String ID = "#budget";

    private final BatchRepository rows;

    BudgetRow(BatchRepository rows) {
        this.rows = rows;
    }

    BatchRepository rows() {
        return rows;
    }

    @Override
    public Optional<Entry> get() throws IOException {
        return rows.get(ID).map(row -> new Entry(row.text(), row.version()));
    }

    @Override
    public OptionalLong put(String text, long version) throws IOException {
        return rows.put(ID, text, version);
    }

    @Override
    public String toString() {
        return "budget in " + rows;
    }
}
