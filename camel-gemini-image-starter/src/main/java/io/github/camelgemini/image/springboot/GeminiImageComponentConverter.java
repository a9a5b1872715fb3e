package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.BatchRepositoryConverter;
import io.github.camelgemini.image.budget.BudgetRepository;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spi.AggregationRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.ApplicationContext;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Converts references in properties, {@code #bean:name} or {@code #name}, to beans. */
@AutoConfiguration
@ConfigurationPropertiesBinding
public class GeminiImageComponentConverter implements GenericConverter {

    private static final Set<ConvertiblePair> REFERENCES = GeminiImageComponentConfiguration.BEANS.stream()
            .map(type -> new ConvertiblePair(String.class, type))
            .collect(Collectors.toUnmodifiableSet());

    private final ApplicationContext applicationContext;

    public GeminiImageComponentConverter(ApplicationContext applicationContext) {
        this.applicationContext = applicationContext;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return REFERENCES;
    }

    /**
     * Finds the bean with this name.
     *
     * @throws IllegalArgumentException when the text is not a reference
     * @throws org.springframework.beans.BeansException when there is no bean of that name and type
     */
    @Override
    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        if (source == null) {
            return null;
        }
        String reference = source.toString();
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException("must be a reference to a bean, such as #bean:name");
        }
        String name = reference.startsWith("#bean:") ? reference.substring("#bean:".length()) : reference.substring(1);
        return ofType(name, targetType.getType());
    }

    /** Converts a bean as Camel's type converters do in an endpoint. There may be no Camel context yet. */
    private Object ofType(String name, Class<?> type) {
        if (type == BatchRepository.class && applicationContext.getBean(name) instanceof AggregationRepository other) {
            return BatchRepositoryConverter.toBatchRepository(other);
        }
        if (type == BudgetRepository.class && applicationContext.getBean(name) instanceof AggregationRepository other) {
            return BatchRepositoryConverter.toBudgetRepository(other);
        }
        return applicationContext.getBean(name, type);
    }
}
