package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jmx.ExposableJmxEndpoint;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Keys stay where they were written. */
@ExtendWith(OutputCaptureExtension.class)
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
    void neitherActuatorNorTheLogTellsAKeyOfARunningApplication(CapturedOutput output) throws Exception {
        try (GeminiEmulator emulator =
                        GeminiEmulator.builder().apiKey("very-secret").start();
                ConfigurableApplicationContext application = new SpringApplicationBuilder(PosterApplication.class)
                        .run(
                                "--spring.jmx.enabled=true",
                                "--management.endpoints.jmx.exposure.include=*",
                                "--management.endpoint.env.show-values=always",
                                "--management.endpoint.configprops.show-values=always",
                                "--management.endpoint.health.show-details=always",
                                "--logging.level.io.github.camelgemini.image=trace",
                                "--logging.level.org.apache.camel=trace",
                                "--logging.level.org.springframework=debug",
                                "--logging.level.com.google=trace",
                                "--logging.level.okhttp3=trace",
                                "--camel.component.gemini-image.base-url=" + emulator.baseUrl(),
                                "--camel.component.gemini-image.api-key=very-secret",
                                "--camel.component.gemini-image.additional-header.X-Key=very-secret",
                                "--camel.component.gemini-image.max-retries=0")) {
            PosterApplication.draw(application, "A fern");
            emulator.next(Fault.internal());
            assertThatThrownBy(() -> PosterApplication.draw(application, "A fern"))
                    .isInstanceOf(CamelExecutionException.class);

            Map<String, String> answers = answersOfActuator(application);
            assertThat(answers).containsKeys("env", "configprops", "beans", "conditions", "health", "camelroutes");
            assertThat(answers.get("configprops")).contains("\"apiKey\":\"******\"");
            assertThat(answers)
                    .allSatisfy((endpoint, answer) ->
                            assertThat(answer).as(endpoint).doesNotContain("very-secret"));
        }
        assertThat(output.getAll()).contains("gemini-image").doesNotContain("very-secret");
    }

    /** What each endpoint says when it is read without parameters, as JSON. */
    private static Map<String, String> answersOfActuator(ConfigurableApplicationContext application) throws Exception {
        ObjectMapper json = JsonMapper.builder()
                .findAndAddModules()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
        Map<String, String> answers = new TreeMap<>();
        for (ExposableJmxEndpoint endpoint :
                application.getBean(JmxEndpointsSupplier.class).getEndpoints()) {
            for (JmxOperation operation : endpoint.getOperations()) {
                if (operation.getType() == OperationType.READ
                        && operation.getParameters().stream()
                                .allMatch(parameter -> parameter.getName().equals("pattern"))) {
                    Object answer = operation.invoke(new InvocationContext(SecurityContext.NONE, Map.of()));
                    answers.merge(endpoint.getEndpointId().toString(), json.writeValueAsString(answer), String::concat);
                }
            }
        }
        return answers;
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
