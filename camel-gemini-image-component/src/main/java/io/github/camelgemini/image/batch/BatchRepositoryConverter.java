package io.github.camelgemini.image.batch;

import org.apache.camel.Converter;
import org.apache.camel.spi.AggregationRepository;

/** Lets the option {@code batchRepository} name one of Camel's aggregation repositories. */
@Converter(generateLoader = true)
public final class BatchRepositoryConverter {

    private BatchRepositoryConverter() {}

    @Converter
    public static BatchRepository toBatchRepository(AggregationRepository repository) {
        return new AggregationBatchRepository(repository);
    }
}
