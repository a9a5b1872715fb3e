package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/** Sets the properties on a component that Camel created. A component that is a bean is not changed. */
final class GeminiImageComponentCustomizer implements ComponentCustomizer {

    private final ApplicationContext applicationContext;
    private final CamelContext camelContext;
    private final GeminiImageComponentConfiguration properties;

    GeminiImageComponentCustomizer(
            ApplicationContext applicationContext,
            CamelContext camelContext,
            GeminiImageComponentConfiguration properties) {
        this.applicationContext = applicationContext;
        this.camelContext = camelContext;
        this.properties = properties;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof GeminiImageComponent
                && HierarchicalPropertiesEvaluator.evaluate(
                        applicationContext,
                        "camel.component.customizer",
                        GeminiImageComponentConfiguration.PREFIX + ".customizer")
                && !isBean(target);
    }

    private boolean isBean(Component target) {
        return applicationContext
                .getBeansOfType(GeminiImageComponent.class, false, false)
                .containsValue(target);
    }

    @Override
    public void configure(String name, Component target) {
        GeminiImageComponent component = (GeminiImageComponent) target;
        Map<String, Object> options = writtenOptions();
        // First, so that single options change this configuration and are not replaced by it.
        if (options.remove("configuration") instanceof GeminiImageConfiguration configuration) {
            component.setConfiguration(configuration.copy());
        }
        CamelPropertiesHelper.setCamelProperties(camelContext, component, options, true);
    }

    private Map<String, Object> writtenOptions() {
        Map<String, Object> options = CamelPropertiesHelper.getNonNullProperties(camelContext, properties);
        // Properties for the starter itself.
        options.remove("enabled");
        options.remove("customizer");
        options.replaceAll((option, value) -> value instanceof DataSize size ? size.toBytes() : value);
        return options;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
