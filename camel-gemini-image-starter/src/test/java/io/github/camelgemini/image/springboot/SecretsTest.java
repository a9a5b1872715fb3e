package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys stay where they were written. */
class SecretsTest {

    private static final String[] PROPERTIES = {
        "--spring.jmx.enabled=true",
        "--management.endpoints.jmx.exposure.include=*",
        "--management.endpoint.env.show-values=always",
        "--management.endpoint.configprops.show-values=always",
        "--camel.component.gemini-image.api-key=very-secret",
        "--camel.component.gemini-image.api-key-placement=query",
        "--camel.component.gemini-image.service-account-key=very-secret",
        "--camel.component.gemini-image.additional-header.X-Key=very-secret",
        "--camel.component.gemini-image.configuration.api-key=very-secret",
        "--camel.component.gemini-image.model=model-to-see"
    };

    @Test
    void actuatorHidesSecretsOfTheEnvironmentEvenWhenItShowsValues() {
        try (ConfigurableApplicationContext application = start()) {
            List<String> values =
                    application
                            .getBean(EnvironmentEndpoint.class)
                            .environment("gemini-image")
                            .getPropertySources()
                            .stream()
                            .flatMap(source -> source.getProperties().values().stream())
                            .map(property -> String.valueOf(property.getValue()))
                            .toList();

            assertThat(values).contains("******", "model-to-see", "query").doesNotContain("very-secret");
        }
    }

    @Test
    void actuatorHidesSecretsOfTheConfigurationEvenWhenItShowsValues() {
        try (ConfigurableApplicationContext application = start()) {
            Map<String, Object> properties = application
                    .getBean(ConfigurationPropertiesReportEndpoint.class)
                    .configurationPropertiesWithPrefix(GeminiImageComponentConfiguration.PREFIX)
                    .getContexts()
                    .values()
                    .iterator()
                    .next()
                    .getBeans()
                    .values()
                    .iterator()
                    .next()
                    .getProperties();

            assertThat(properties.toString())
                    .contains("apiKey=******", "model-to-see", "QUERY")
                    .doesNotContain("very-secret");
        }
    }

    @Test
    void configurationDoesNotTellItsSecretsAsText() {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(application
                            .getBean(GeminiImageComponentConfiguration.class)
                            .toString())
                    .doesNotContain("very-secret");
        }
    }

    @Test
    void actuatorIsNotNeeded() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
                .withConfiguration(AutoConfigurations.of(GeminiImageActuatorAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("geminiImageSecrets"));
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(AutoConfigurationTest.NoRoutes.class).run(PROPERTIES);
    }
}
