package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.budget.BudgetRepository;
import org.apache.camel.Converter;
import org.apache.camel.spi.AggregationRepository;

/**
 * Lets the options {@code batchRepository} and {@code budgetRepository} name one of Camel's aggregation repositories.
 */
@Converter(generateLoader = true)
public final class BatchRepositoryConverter {

    private BatchRepositoryConverter() {}

    /** Stores batches in the repository. */
    @Converter
    public static BatchRepository toBatchRepository(AggregationRepository repository) {
        return new AggregationBatchRepository(repository);
    }

    /** Stores a budget in the repository. */
    @Converter
    public static BudgetRepository toBudgetRepository(AggregationRepository repository) {
        return new BudgetRow(new AggregationBatchRepository(repository));
    }
}
