package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.budget.BudgetRepository;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** A budget where batches could be remembered as well: the same versions, and the same care of crashes. */
final class BudgetRow implements BudgetRepository {

    /** As none of a batch, and none that a batch can have. */
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
