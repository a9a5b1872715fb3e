package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageEndpoint;
import io.github.camelgemini.image.batch.AggregationBatchRepository;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import io.github.camelgemini.image.model.ModelCatalog;
import java.io.StringReader;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.spi.ComponentCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When properties apply, and which beans of the application are used. */
class AutoConfigurationTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.gemini-image.enabled",
                "camel.component.enabled",
                "camel.component.gemini-image.customizer.enabled"
            })
    void componentBeginsWithItsOwnDefaultsWhenSwitchedOff(String property) {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(NoRoutes.class)
                .run("--camel.component.gemini-image.model=model-of-properties", "--" + property + "=false")) {
            assertThat(component(application).getConfiguration().getModel()).isEqualTo("gemini-3.1-flash-image");
        }
    }

    @Test
    void componentIsConfiguredAgainstTheGeneralSwitch() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(NoRoutes.class)
                .run(
                        "--camel.component.enabled=false",
                        "--camel.component.gemini-image.enabled=true",
                        "--camel.component.gemini-image.model=model-of-properties")) {
            assertThat(component(application).getConfiguration().getModel()).isEqualTo("model-of-properties");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ComponentByItsScheme.class, ComponentByItsClass.class})
    void componentThatIsABeanIsUsedAsItIs(Class<?> beans) {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                beans, "api-key=key-of-properties", "base-url=http://localhost:1/", "model=model-of-properties")) {
            PosterApplication.draw(application, "A fern");

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> {
                assertThat(request.apiKey()).contains("key-of-bean");
                assertThat(request.model()).isEqualTo("gemini-3-pro-image");
            });
        }
    }

    @Test
    void componentOfAnotherNameIsOneBesideThatOfTheScheme() {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                ComponentOfAnotherName.class, "api-key=key-of-properties", "base-url=" + EMULATOR.baseUrl())) {
            ProducerTemplate template = application.getBean(ProducerTemplate.class);
            template.requestBody("gemini-image:generate", "A fern");
            template.requestBody("our-gateway:generate", "A fern");

            assertThat(EMULATOR.requests())
                    .map(request -> request.apiKey().orElseThrow())
                    .containsExactly("key-of-properties", "key-of-bean");
        }
    }

    @Test
    void customizerOfTheApplicationWinsOverProperties() {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                Customizer.class, "api-key=key-of-properties", "base-url=" + EMULATOR.baseUrl())) {
            PosterApplication.draw(application, "A fern");

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.apiKey())
                    .contains("key-of-customizer"));
        }
    }

    @Test
    void clientThatIsABeanMakesTheCalls() {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(OwnClient.class)) {
            PosterApplication.draw(application, "A fern");

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.apiKey())
                    .contains("key-of-client"));
        }
    }

    @Test
    void clientThatIsABeanIsLeftAloneWhenAutowiringIsOff() {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                OwnClient.class,
                "autowired-enabled=false",
                "api-key=key-of-properties",
                "base-url=" + EMULATOR.baseUrl())) {
            PosterApplication.draw(application, "A fern");

            assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.apiKey())
                    .contains("key-of-properties"));
        }
    }

    @Test
    void conversationRepositoryThatIsABeanKeepsTheConversations() throws Exception {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                OwnConversations.class, "api-key=key-of-properties", "base-url=" + EMULATOR.baseUrl())) {
            application
                    .getBean(ProducerTemplate.class)
                    .requestBody("gemini-image:chat?conversationId=ferns", "Draw a fern");

            assertThat(application.getBean(ConversationRepository.class).load("ferns"))
                    .isPresent();
        }
    }

    @Test
    void modelCatalogThatIsABeanIsUsed() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(OwnCatalog.class).run()) {
            assertThat(component(application).getModelCatalog()).isSameAs(application.getBean(ModelCatalog.class));
        }
    }

    @Test
    void modelCatalogFileAddsToTheCatalogThatIsABean() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(OwnCatalog.class)
                .run("--camel.component.gemini-image.model-catalog-file=our-models.json")) {
            ModelCatalog catalog = component(application).getModelCatalog();

            assertThat(catalog.find("model-of-bean")).isPresent();
            assertThat(catalog.find("our-model")).isPresent();
        }
    }

    @Test
    void aggregationRepositoryThatIsABeanRemembersBatches() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(OwnAggregations.class)
                .run("--camel.component.gemini-image.batch-repository=#bean:batches")) {
            assertThat(component(application).getConfiguration().getBatchRepository())
                    .isInstanceOf(AggregationBatchRepository.class);
        }
    }

    @Test
    void endpointNamesAnAggregationRepositoryThatIsABean() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(OwnAggregations.class).run()) {
            GeminiImageEndpoint endpoint = application
                    .getBean(CamelContext.class)
                    .getEndpoint("gemini-image:batch?batchRepository=#batches", GeminiImageEndpoint.class);

            assertThat(endpoint.getConfiguration().getBatchRepository()).isInstanceOf(AggregationBatchRepository.class);
            assertThat(component(application).getConfiguration().getBatchRepository())
                    .as("not by itself: it may be an aggregator's")
                    .isNull();
        }
    }

    private static GeminiImageComponent component(ConfigurableApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("gemini-image", GeminiImageComponent.class);
    }

    private static GeminiImageComponent componentOfApplication() {
        GeminiImageComponent component = new GeminiImageComponent();
        component.getConfiguration().setApiKey("key-of-bean");
        component.getConfiguration().setBaseUrl(EMULATOR.baseUrl());
        component.getConfiguration().setModel("gemini-3-pro-image");
        return component;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NoRoutes {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnAggregations {
        @Bean
        AggregationRepository batches() {
            return new MemoryAggregationRepository(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ComponentByItsScheme {
        @Bean("gemini-image")
        GeminiImageComponent component() {
            return componentOfApplication();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ComponentByItsClass {
        @Bean
        GeminiImageComponent geminiImageComponent() {
            return componentOfApplication();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ComponentOfAnotherName {
        @Bean("our-gateway")
        GeminiImageComponent component() {
            return componentOfApplication();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizer {
        // tag::customizer[]
        @Bean
        ComponentCustomizer otherKey() {
            return ComponentCustomizer.forType(
                    GeminiImageComponent.class,
                    component -> component.getConfiguration().setApiKey("key-of-customizer"));
        }
        // end::customizer[]
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {
        @Bean
        Client client() {
            return Client.builder()
                    .apiKey("key-of-client")
                    .httpOptions(
                            HttpOptions.builder().baseUrl(EMULATOR.baseUrl()).build())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConversations {
        @Bean
        ConversationRepository conversations() {
            return new InMemoryConversationRepository();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnCatalog {
        @Bean
        ModelCatalog catalog() throws Exception {
            return ModelCatalog.standard()
                    .with(
                            new StringReader(
                                    """
                            {"models": {"model-of-bean": {"like": "gemini-3.1-flash-image", "title": "Of a bean"}}}"""));
        }
    }
}
