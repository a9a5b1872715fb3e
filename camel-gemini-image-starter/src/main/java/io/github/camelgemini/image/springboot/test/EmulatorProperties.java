package io.github.camelgemini.image.springboot.test;

import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * The settings of {@link AutoConfigureGeminiEmulator}, as properties that override all others of the application.
 * Spring Boot's {@code PropertyMapping} does the same, but is in another package in Boot 4. Tests with equal
 * annotations share a context.
 */
record EmulatorProperties(boolean enabled, boolean ignoreCredentials, int port) implements ContextCustomizer {

    private static final String PREFIX = "camel.component.gemini-image.emulator.";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
        Map<String, Object> properties = Map.of(
                PREFIX + "enabled", enabled, PREFIX + "ignore-credentials", ignoreCredentials, PREFIX + "port", port);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(AutoConfigureGeminiEmulator.class.getSimpleName(), properties));
    }
}
