package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.GeminiImageComponent;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Lets Camel find a component bean by the default name of a {@code @Bean} method. Camel itself only looks for beans
 * named {@code gemini-image} and {@code gemini-image-component}, and would silently create a second component
 * otherwise.
 */
final class ComponentBeanAlias implements BeanFactoryPostProcessor {

    private static final String KNOWN_TO_CAMEL = "gemini-image-component";
    private static final List<String> NATURAL_NAMES = List.of("geminiImageComponent", "geminiImage");

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        if (beanFactory.containsBean("gemini-image") || beanFactory.containsBean(KNOWN_TO_CAMEL)) {
            return;
        }
        List<String> beans = List.of(beanFactory.getBeanNamesForType(GeminiImageComponent.class, true, false));
        NATURAL_NAMES.stream()
                .filter(beans::contains)
                .findFirst()
                .ifPresent(name -> beanFactory.registerAlias(name, KNOWN_TO_CAMEL));
    }
}
