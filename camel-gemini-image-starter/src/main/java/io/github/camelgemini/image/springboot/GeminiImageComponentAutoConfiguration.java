package io.github.camelgemini.image.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Configures the component {@code gemini-image} with the properties {@code camel.component.gemini-image.*}, unless the
 * application has its own component bean. {@code camel.component.gemini-image.enabled=false} turns it off.
 */
@AutoConfiguration(after = {CamelAutoConfiguration.class, GeminiImageComponentConverter.class})
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", GeminiImageComponentConfiguration.PREFIX})
@EnableConfigurationProperties({ComponentConfigurationProperties.class, GeminiImageComponentConfiguration.class})
public class GeminiImageComponentAutoConfiguration {

    /** Sets the properties on the component when Camel creates it, before the application's own customizers. */
    @Lazy
    @Bean
    ComponentCustomizer configureGeminiImageComponent(
            ApplicationContext applicationContext,
            CamelContext camelContext,
            GeminiImageComponentConfiguration configuration) {
        return new GeminiImageComponentCustomizer(applicationContext, camelContext, configuration);
    }

    /** Static, because it works on bean definitions before any bean is created. */
    @Bean
    static ComponentBeanAlias geminiImageComponentBeanAlias() {
        return new ComponentBeanAlias();
    }
}
