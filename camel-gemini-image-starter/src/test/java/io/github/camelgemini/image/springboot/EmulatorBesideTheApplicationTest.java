package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.genai.Client;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ComponentCustomizer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code camel.component.gemini-image.emulator.enabled=true}. */
@ExtendWith(OutputCaptureExtension.class)
class EmulatorBesideTheApplicationTest {

    @Test
    void drawsThePicturesOfAnApplicationWithoutAKey(CapturedOutput output) {
        try (ConfigurableApplicationContext application = PosterApplication.start("emulator.enabled=true")) {
            assertThat(PosterApplication.draw(application, "A fern")).isNotEmpty();

            assertThat(only(application).prompt()).isEqualTo("A fern");
            assertThat(output.getOut()
                            .lines()
                            .filter(line -> line.contains("All images are placeholders and cost nothing")))
                    .singleElement()
                    .asString()
                    .contains(
                            "INFO",
                            "uses the emulator at " + emulator(application).baseUrl());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"anyfast", "aimlapi"})
    void drawsForOtherServicesToo(String service) {
        try (ConfigurableApplicationContext application =
                PosterApplication.start("emulator.enabled=true", "service=" + service)) {
            assertThat(PosterApplication.draw(application, "A fern")).isNotEmpty();

            assertThat(emulator(application).requests()).isNotEmpty().allSatisfy(request -> assertThat(request.path())
                    .startsWith("/" + service + "/"));
        }
    }

    @Test
    void isSwitchedOnByTheProfileThatTheDocumentationShows() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(PosterApplication.class)
                .profiles("emulated")
                .run()) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).prompt()).isEqualTo("A fern");
        }
    }

    @Test
    void thereIsNoneUnlessItIsSwitchedOn() {
        try (ConfigurableApplicationContext application = PosterApplication.start("api-key=k")) {
            assertThat(application.getBeansOfType(GeminiEmulator.class)).isEmpty();
        }
    }

    @Test
    void startsAndStopsWithEachRunOfTheApplicationOnTheSamePort() throws Exception {
        int port = freePort();
        for (int run = 0; run < 3; run++) {
            try (ConfigurableApplicationContext application =
                    PosterApplication.start("emulator.enabled=true", "emulator.port=" + port)) {
                assertThat(emulator(application).port()).isEqualTo(port);
                PosterApplication.draw(application, "A fern");
                assertThat(emulator(application).requests()).hasSize(1);
            }
            assertThat(catchThrowable(() -> new Socket("localhost", port).close()))
                    .as("connection to a stopped emulator")
                    .isNotNull();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("gemini-emulator")));
    }

    @Test
    void placeholderThatNothingDefinesIsNoKey() {
        try (ConfigurableApplicationContext application =
                PosterApplication.start("emulator.enabled=true", "api-key=${NOT_DEFINED_ANYWHERE}")) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).apiKey()).contains("emulator");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--camel.component.gemini-image.api-key=very-secret, camel.component.gemini-image.api-key (",
        "--camel.component.gemini-image.project=our-project, camel.component.gemini-image.project (",
        "--camel.component.gemini-image.service-account-key=file:very-secret, service-account-key (",
        "--GEMINI_API_KEY=very-secret, the environment variable GEMINI_API_KEY",
        "--GOOGLE_API_KEY=very-secret, the environment variable GOOGLE_API_KEY",
        "--ANYFAST_API_KEY=very-secret, the environment variable ANYFAST_API_KEY",
        "--AIMLAPI_API_KEY=very-secret, the environment variable AIMLAPI_API_KEY"
    })
    void isRefusedBesideCredentials(String credential, String place, CapturedOutput output) {
        assertThat(explanation(output, PosterApplication.class, credential))
                .contains("camel.component.gemini-image.emulator.enabled is true, but the application has credentials")
                .contains(place)
                .contains("camel.component.gemini-image.emulator.ignore-credentials=true");
        assertThat(output.getAll())
                .doesNotContain("very-secret")
                .doesNotContain("All images are placeholders and cost nothing");
    }

    static Stream<Arguments> credentialsThatAreNoProperties() {
        return Stream.of(
                Arguments.of(KeyInABean.class, "apiKey of gemini-image://generate"),
                Arguments.of(KeyInCode.class, "apiKey of gemini-image://generate"),
                Arguments.of(KeyInAUri.class, "apiKey of gemini-image://generate?apiKey=xxxxxx"),
                Arguments.of(ServiceAccountInAUri.class, "serviceAccountKey of gemini-image://generate?"),
                Arguments.of(OwnClient.class, "client of gemini-image://generate"));
    }

    @ParameterizedTest
    @MethodSource("credentialsThatAreNoProperties")
    void isRefusedBesideCredentialsThatAreNoProperties(Class<?> beans, String place, CapturedOutput output) {
        assertThat(explanation(output, beans))
                .contains("camel.component.gemini-image.emulator.enabled is true, but the application has credentials")
                .contains("- " + place)
                .contains("camel.component.gemini-image.emulator.ignore-credentials=true");
        assertThat(output.getAll()).doesNotContain("very-secret");
    }

    @Test
    void isRefusedToAMessageThatBringsAKey() {
        try (ConfigurableApplicationContext application = PosterApplication.start("emulator.enabled=true")) {
            ProducerTemplate template = application.getBean(ProducerTemplate.class);
            for (int message = 0; message < 2; message++) {
                assertThat(catchThrowable(
                                () -> template.requestBody("gemini-image:generate?apiKey=very-secret", "A fern")))
                        .hasRootCauseInstanceOf(EmulatorFailure.class);
            }

            assertThat(emulator(application).requests()).isEmpty();
        }
    }

    @Test
    void credentialsStayUnusedWhenTheyAreIgnored() {
        try (ConfigurableApplicationContext application = PosterApplication.start(
                "emulator.enabled=true", "emulator.ignore-credentials=true", "api-key=very-secret")) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).headers().toString()).doesNotContain("very-secret");
            assertThat(only(application).apiKey()).contains("emulator");
        }
    }

    @Test
    void vertexAiStaysVertexAi() {
        try (ConfigurableApplicationContext application = PosterApplication.start(
                "emulator.enabled=true",
                "emulator.ignore-credentials=true",
                "project=our-project",
                "location=europe-west4",
                "labels.team=web")) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).path())
                    .contains("/projects/our-project/locations/europe-west4/publishers/google/models/");
            assertThat(only(application).body().at("/labels/team").asText()).isEqualTo("web");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {KeyInABean.class, KeyInCode.class, OwnClient.class})
    void beansDoNotLeadPastTheEmulator(Class<?> beans) {
        try (ConfigurableApplicationContext application =
                PosterApplication.startWith(beans, "emulator.enabled=true", "emulator.ignore-credentials=true")) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).apiKey()).contains("emulator");
            assertThat(only(application).headers().toString()).doesNotContain("very-secret");
        }
    }

    @Test
    void configurationThatIsABeanStaysAsItIs() {
        try (ConfigurableApplicationContext application = PosterApplication.startWith(
                OwnConfiguration.class, "emulator.enabled=true", "configuration=#bean:pictures")) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).model()).isEqualTo("gemini-3-pro-image");
            assertThat(application.getBean(GeminiImageConfiguration.class).getBaseUrl())
                    .isNull();
        }
    }

    @Test
    void componentOfAnotherNameIsEmulatedToo() {
        try (ConfigurableApplicationContext application =
                PosterApplication.startWith(ComponentOfAnotherName.class, "emulator.enabled=true")) {
            application.getBean(ProducerTemplate.class).requestBody("our-gateway:generate", "A fern");

            assertThat(only(application).prompt()).isEqualTo("A fern");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled=false", "customizer.enabled=false"})
    void nobodyPaysWhenTheOtherPropertiesAreSwitchedOff(String switchedOff) {
        try (ConfigurableApplicationContext application =
                PosterApplication.start("emulator.enabled=true", switchedOff)) {
            PosterApplication.draw(application, "A fern");

            assertThat(only(application).prompt()).isEqualTo("A fern");
        }
    }

    @Test
    void emulatorThatIsABeanIsUsedInsteadOfAnother() {
        try (ConfigurableApplicationContext application =
                PosterApplication.startWith(OwnEmulator.class, "emulator.enabled=true")) {
            PosterApplication.draw(application, "A fern");

            assertThat(application.getBeanNamesForType(GeminiEmulator.class)).containsExactly("ours");
            assertThat(only(application).prompt()).isEqualTo("A fern");
        }
    }

    @Test
    void portInUseIsExplained(CapturedOutput output) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThat(explanation(
                            output,
                            PosterApplication.class,
                            "--camel.component.gemini-image.emulator.port=" + other.getLocalPort()))
                    .contains("cannot listen on port " + other.getLocalPort())
                    .contains("camel.component.gemini-image.emulator.port. 0 means any free port");
        }
    }

    @Test
    void missingEmulatorIsExplainedWithItsDependency() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader("io.github.camelgemini.emulator"))
                .withConfiguration(AutoConfigurations.of(GeminiImageEmulatorAutoConfiguration.class))
                .withPropertyValues("camel.component.gemini-image.emulator.enabled=true")
                .run(context -> {
                    var analysis = new EmulatorFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("the emulator is not on the class path");
                    assertThat(analysis.getAction()).contains("<artifactId>camel-gemini-image-emulator</artifactId>");
                });
    }

    @Test
    void emulatorIsNotNeededWhereItIsOff() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader("io.github.camelgemini.emulator"))
                .withConfiguration(AutoConfigurations.of(GeminiImageEmulatorAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** What Spring Boot says instead of a stack trace. */
    private static String explanation(CapturedOutput output, Class<?> beans, String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(PosterApplication.class, beans)
                .properties("camel.component.gemini-image.emulator.enabled=true");
        assertThat(catchThrowable(() -> application.run(arguments).close()))
                .as("failure of the start")
                .isNotNull();
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START");
        return output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START"));
    }

    private static GeminiEmulator emulator(ConfigurableApplicationContext application) {
        return application.getBean(GeminiEmulator.class);
    }

    private static ReceivedRequest only(ConfigurableApplicationContext application) {
        assertThat(emulator(application).requests()).hasSize(1);
        return emulator(application).requests().get(0);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class KeyInABean {
        @Bean
        GeminiImageComponent geminiImageComponent() {
            GeminiImageComponent component = new GeminiImageComponent();
            component.getConfiguration().setApiKey("very-secret");
            return component;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class KeyInCode {
        @Bean
        ComponentCustomizer key() {
            return ComponentCustomizer.forType(
                    GeminiImageComponent.class,
                    component -> component.getConfiguration().setApiKey("very-secret"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class KeyInAUri {
        @Bean
        RouteBuilder another() {
            return route("gemini-image:generate?apiKey=very-secret");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ServiceAccountInAUri {
        @Bean
        RouteBuilder another() {
            return route("gemini-image:generate?project=p&serviceAccountKey=file:very-secret");
        }
    }

    private static RouteBuilder route(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:another").to(uri);
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {
        @Bean
        Client client() {
            return Client.builder().apiKey("very-secret").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConfiguration {
        @Bean
        GeminiImageConfiguration pictures() {
            GeminiImageConfiguration configuration = new GeminiImageConfiguration();
            configuration.setModel("gemini-3-pro-image");
            return configuration;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ComponentOfAnotherName {
        @Bean("our-gateway")
        GeminiImageComponent component() {
            return new GeminiImageComponent();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEmulator {
        @Bean
        GeminiEmulator ours() {
            return GeminiEmulator.builder().apiKey("emulator").start();
        }
    }
}
