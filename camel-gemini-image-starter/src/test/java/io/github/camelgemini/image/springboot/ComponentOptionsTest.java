package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.budget.BudgetRepository;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.repository.InMemoryResultRepository;
import io.github.camelgemini.image.repository.ResultRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Properties become options of the component. */
class ComponentOptionsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @Test
    void everyOptionOfTheCatalogIsAProperty() {
        Map<String, Object> expected = new LinkedHashMap<>();
        List<String> properties = new ArrayList<>();
        Catalog.componentOptions().forEach((option, facts) -> {
            if (option.equals("budgetFolder")) {
                // Refused beside budgetRepository.
                return;
            }
            properties.add(Catalog.kebab(option) + text(option, facts));
            expected.put(option, value(option, facts));
        });

        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Beans.class)
                .run(properties.stream()
                        .map(property -> "--camel.component.gemini-image." + property)
                        .toArray(String[]::new))) {
            GeminiImageComponent component = component(application);
            PropertyConfigurerGetter configurer = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
            // These two are changed by others: the one by single options, the other by modelCatalogFile.
            expected.remove("configuration");
            expected.remove("modelCatalog");
            expected.replaceAll((option, value) -> value instanceof Class<?> type ? application.getBean(type) : value);
            Map<String, Object> actual = expected.keySet().stream()
                    .collect(toMap(Function.identity(), option -> configurer.getOptionValue(component, option, false)));
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** What follows the name of the property; references say the name of the only bean of their type. */
    private static String text(String option, Catalog.Option facts) {
        if (facts.isMap()) {
            return ".team=web";
        }
        if (facts.isSize()) {
            return "=3MB";
        }
        Object value = value(option, facts);
        return "="
                + switch (facts.type()) {
                    case "duration" -> "7s";
                    case "object" -> "#bean:" + facts.simpleJavaType();
                    // As Spring's documentation wants them.
                    default -> value instanceof Enum ? value.toString().toLowerCase(Locale.ROOT) : value;
                };
    }

    /** Another value than the default. */
    private static Object value(String option, Catalog.Option facts) {
        if (option.equals("modelCatalogFile")) {
            return "our-models.json";
        }
        if (option.equals("budgetPeriod")) {
            return "week";
        }
        if (option.equals("budgetTimeZone")) {
            return "Europe/Berlin";
        }
        if (facts.isMap()) {
            return Map.of("team", "web");
        }
        if (facts.isSize()) {
            return DataSize.ofMegabytes(3).toBytes();
        }
        return switch (facts.javaType()) {
            case "boolean", "java.lang.Boolean" ->
                !facts.defaultValue().map(Boolean::valueOf).orElse(false);
            case "int", "java.lang.Integer" -> 7;
            case "long" -> 7_000L;
            case "java.lang.Double" -> 7.0;
            case "java.lang.String" -> facts.values().isEmpty() ? "some text" : facts.lastValue();
            default -> facts.type().equals("enum") ? facts.lastConstant() : facts.javaClass();
        };
    }

    @Test
    void optionOfAnEndpointWinsOverTheProperty() {
        try (ConfigurableApplicationContext application =
                PosterApplication.start("api-key=k", "base-url=" + EMULATOR.baseUrl(), "image-size=4K")) {
            application
                    .getBean(CamelContext.class)
                    .createFluentProducerTemplate()
                    .to("gemini-image:generate?imageSize=512")
                    .withBody("A fern")
                    .send();

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.body()
                            .at("/generationConfig/imageConfig/imageSize")
                            .asText())
                    .isEqualTo("512"));
        }
    }

    @Test
    void mapsGoOutWithEveryCall() {
        try (ConfigurableApplicationContext application = PosterApplication.start(
                "api-key=k",
                "base-url=" + EMULATOR.baseUrl(),
                "additional-header.X-Team=web",
                "safety-settings.hate-speech=BLOCK_NONE")) {
            PosterApplication.draw(application, "A fern");

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> {
                assertThat(request.header("X-Team")).contains("web");
                assertThat(request.body().at("/safetySettings/0/category").asText())
                        .isEqualTo("HARM_CATEGORY_HATE_SPEECH");
            });
        }
    }

    @Test
    void singlePropertyChangesTheConfigurationThatIsABean() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Beans.class)
                .run(
                        "--camel.component.gemini-image.configuration=#bean:GeminiImageConfiguration",
                        "--camel.component.gemini-image.max-retries=5")) {
            GeminiImageConfiguration configuration = component(application).getConfiguration();

            assertThat(configuration.getModel()).isEqualTo("model-of-bean");
            assertThat(configuration.getMaxRetries()).isEqualTo(5);
            assertThat(application.getBean(GeminiImageConfiguration.class).getMaxRetries())
                    .as("the bean itself stays as it is")
                    .isEqualTo(2);
        }
    }

    @Test
    void textInPlaceOfAReferenceIsRefused() {
        assertThatThrownBy(() -> PosterApplication.start("api-key=k", "client=my-client"))
                .hasStackTraceContaining("must be a reference to a bean, such as #bean:name");
    }

    private static GeminiImageComponent component(ConfigurableApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("gemini-image", GeminiImageComponent.class);
    }

    /** One bean, called like its type, for each type that options refer to. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean("Client")
        Client client() {
            return Client.builder()
                    .apiKey("k")
                    .httpOptions(
                            HttpOptions.builder().baseUrl(EMULATOR.baseUrl()).build())
                    .build();
        }

        @Bean("BatchRepository")
        BatchRepository batches() {
            return new InMemoryBatchRepository();
        }

        @Bean("BudgetRepository")
        BudgetRepository budget() {
            return new BudgetRepository() {
                @Override
                public Optional<Entry> get() {
                    return Optional.empty();
                }

                @Override
                public OptionalLong put(String text, long version) {
                    return OptionalLong.of(version + 1);
                }
            };
        }

        @Bean("ResultRepository")
        ResultRepository results() {
            return new InMemoryResultRepository();
        }

        @Bean("IdempotentRepository")
        IdempotentRepository delivered() {
            return new MemoryIdempotentRepository();
        }

        @Bean("ConversationRepository")
        ConversationRepository conversations() {
            return new InMemoryConversationRepository();
        }

        @Bean("GeminiImageConfiguration")
        GeminiImageConfiguration configuration() {
            GeminiImageConfiguration configuration = new GeminiImageConfiguration();
            configuration.setModel("model-of-bean");
            return configuration;
        }

        @Bean("ModelCatalog")
        ModelCatalog catalog() {
            return ModelCatalog.standard();
        }

        @Bean("SSLContextParameters")
        SSLContextParameters tls() {
            return new SSLContextParameters();
        }
    }
}
