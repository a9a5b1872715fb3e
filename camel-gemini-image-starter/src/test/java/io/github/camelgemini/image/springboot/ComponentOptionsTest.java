package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.google.ReferenceUpload;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Properties become options of the component. */
class ComponentOptionsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    /** For each option that has no type whose values are all alike: a property, and the option that it becomes. */
    private static final Map<String, Map.Entry<String, Object>> VALUES = Map.ofEntries(
            Map.entry("additionalHeader", Map.entry("additional-header.X-Team=web", Map.of("X-Team", "web"))),
            Map.entry("apiKeyPlacement", Map.entry("api-key-placement=bearer", ApiKeyPlacement.BEARER)),
            Map.entry("referenceUpload", Map.entry("reference-upload=files", ReferenceUpload.FILES)),
            Map.entry("autowiredEnabled", Map.entry("autowired-enabled=false", false)),
            Map.entry("failOnBlocked", Map.entry("fail-on-blocked=false", false)),
            Map.entry("labels", Map.entry("labels.team=web", Map.of("team", "web"))),
            Map.entry("modelCatalogFile", Map.entry("model-catalog-file=our-models.json", "our-models.json")),
            Map.entry(
                    "safetySettings",
                    Map.entry("safety-settings.hate-speech=BLOCK_NONE", Map.of("hate-speech", "BLOCK_NONE"))),
            Map.entry("spoolLimit", Map.entry("spool-limit=5GB", 5L << 30)),
            Map.entry("spoolThreshold", Map.entry("spool-threshold=3MB", 3L * 1024 * 1024)));

    @Test
    void everyOptionOfTheCatalogIsAProperty() {
        Map<String, Object> expected = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        Catalog.componentOptions().forEach((option, facts) -> {
            Map.Entry<String, Object> pair = VALUES.get(option);
            String property = pair == null ? Catalog.kebab(option) + "=" + text(facts) : pair.getKey();
            properties.put(option, property);
            expected.put(option, pair == null ? value(facts) : pair.getValue());
        });

        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Beans.class)
                .run(properties.values().stream()
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

    /** What the property says; references say the name of the only bean of their type. */
    private static String text(Catalog.Option facts) {
        return switch (facts.type()) {
            case "boolean" -> "true";
            case "duration" -> "7s";
            case "integer", "number" -> "7";
            case "object" -> "#bean:" + facts.simpleJavaType();
            default -> facts.values().isEmpty() ? "some text" : facts.values().get(0);
        };
    }

    private static Object value(Catalog.Option facts) {
        return switch (facts.javaType()) {
            case "boolean", "java.lang.Boolean" -> true;
            case "int", "java.lang.Integer" -> 7;
            case "long" -> 7_000L;
            case "java.lang.Double" -> 7.0;
            case "java.lang.String" -> text(facts);
            default -> facts.javaClass();
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

        @Bean("ImageBackend")
        ImageBackend backend() {
            return new ImageBackend() {
                @Override
                public CompletableFuture<ImageResult> generate(ImageRequest request) {
                    return CompletableFuture.failedFuture(new UnsupportedOperationException("draws nothing"));
                }

                @Override
                public void close() {}
            };
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
