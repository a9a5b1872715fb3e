package io.github.camelgemini.image.springboot.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.PromptBlockedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Tests of applications, as users write them. */
class AutoConfigureGeminiEmulatorTest {

    private static byte[] draw(ProducerTemplate template) {
        return template.requestBody("direct:poster", "A fern", byte[].class);
    }

    @Nested
    @SpringBootTest(properties = "camel.component.gemini-image.api-key=very-secret")
    @AutoConfigureGeminiEmulator
    class OfAWholeApplication {

        @Autowired
        ProducerTemplate template;

        @Test
        void pictureIsOfTheEmulatorAndTheKeyOfTheApplicationStaysUnused(@Autowired GeminiEmulator emulator) {
            assertThat(draw(template)).isNotEmpty();

            assertThat(emulator.requests()).singleElement().satisfies(request -> assertThat(request.apiKey())
                    .contains("emulator"));
        }

        @RepeatedTest(2)
        void nothingOfTheTestBeforeIsLeft(@Autowired GeminiEmulator emulator) {
            assertThat(emulator.requests()).isEmpty();
            assertThat(draw(template)).isNotEmpty();

            emulator.on(RequestMatcher.any()).answer(Fault.promptBlocked("SAFETY"));
        }

        @Nested
        class InANestedClass {

            @BeforeEach
            void blockTheNextPrompt(@Autowired GeminiEmulator emulator) {
                emulator.next(Fault.promptBlocked("SAFETY"));
            }

            @RepeatedTest(2)
            void faultsOfBeforeEachAreThere(@Autowired GeminiEmulator emulator) {
                assertThat(catchThrowable(() -> draw(template))).hasCauseInstanceOf(PromptBlockedException.class);
                assertThat(emulator.requests()).hasSize(1);
            }
        }
    }

    /** As an application is in production: its endpoints say themselves who pays. */
    @Nested
    @SpringBootTest
    @AutoConfigureGeminiEmulator
    @Import(OfAnApplicationWhoseEndpointsLeadElsewhere.Beans.class)
    class OfAnApplicationWhoseEndpointsLeadElsewhere {

        /** Stands for Google, or for a gateway. */
        static final GeminiEmulator ELSEWHERE = GeminiEmulator.builder().start();

        @TestConfiguration(proxyBeanMethods = false)
        static class Beans {

            @Bean
            Client client() {
                HttpOptions options =
                        HttpOptions.builder().baseUrl(ELSEWHERE.baseUrl()).build();
                return Client.builder()
                        .apiKey("very-secret")
                        .httpOptions(options)
                        .build();
            }

            @Bean
            RouteBuilder routes() {
                return new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:server").to("gemini-image:generate?baseUrl=" + ELSEWHERE.baseUrl());
                        from("direct:key").to("gemini-image:generate?apiKey=very-secret");
                        from("direct:project").to("gemini-image:generate?project=p&location=europe-west4");
                        from("direct:account")
                                .to("gemini-image:generate?project=p&serviceAccountKey=file:/run/very-secret.json");
                        from("direct:express").to("gemini-image:generate?vertexAi=true&apiKey=very-secret");
                        from("direct:client").to("gemini-image:generate?client=#client");
                        from("direct:proxy").to("gemini-image:generate?proxyHost=localhost&proxyPort=1");
                        from("direct:message").toD("gemini-image:generate?apiKey=${body}&prompt=${body}");
                    }
                };
            }
        }

        @ParameterizedTest
        @CsvSource({
            "poster,  /v1/models/",
            "server,  /v1/models/",
            "key,     /v1/models/",
            "project, /v1beta1/projects/p/locations/europe-west4/publishers/google/models/",
            "account, /v1beta1/projects/p/locations/global/publishers/google/models/",
            "express, /v1beta1/publishers/google/models/",
            "client,  /v1/models/",
            "proxy,   /v1/models/",
            "message, /v1/models/"
        })
        void pictureIsOfTheEmulator(
                String route, String path, @Autowired ProducerTemplate template, @Autowired GeminiEmulator emulator) {
            assertThat(template.requestBody("direct:" + route, "fern", byte[].class))
                    .isNotEmpty();

            assertThat(emulator.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).startsWith(path);
                assertThat(request.headers().toString()).contains("emulator").doesNotContain("very-secret");
            });
            assertThat(ELSEWHERE.requests()).isEmpty();
        }

        @AfterAll
        static void close() {
            ELSEWHERE.close();
        }
    }

    @SpringBootTest(properties = "camel.component.gemini-image.api-key=any-key")
    @AutoConfigureGeminiEmulator
    abstract static class WithAnEmulator {}

    @Nested
    @AutoConfigureGeminiEmulator(enabled = false)
    class WithoutTheOneOfItsSuperclass extends WithAnEmulator {

        @Test
        void thereIsNone(@Autowired ObjectProvider<GeminiEmulator> emulator) {
            assertThat(emulator.getIfAvailable()).isNull();
        }
    }

    @Nested
    class WithSeveralContexts {

        static final Set<String> EMULATORS = ConcurrentHashMap.newKeySet();

        abstract static class Application {

            @RepeatedTest(2)
            void eachHasItsOwn(@Autowired ProducerTemplate template, @Autowired GeminiEmulator emulator) {
                assertThat(draw(template)).isNotEmpty();

                assertThat(emulator.requests()).hasSize(1);
                EMULATORS.add(emulator.baseUrl());
            }
        }

        @Nested
        @SpringBootTest
        @AutoConfigureGeminiEmulator
        class One extends Application {}

        @Nested
        @SpringBootTest
        @AutoConfigureGeminiEmulator
        @TestPropertySource(properties = "spring.application.name=another")
        class Another extends Application {}

        @Nested
        @SpringBootTest
        @AutoConfigureGeminiEmulator
        class OneAgain extends Application {}

        @AfterAll
        static void contextsThatAreAlikeShareOne() {
            assertThat(EMULATORS).hasSize(2);
        }
    }

    @Nested
    @CamelSpringBootTest
    @SpringBootTest
    @AutoConfigureGeminiEmulator
    class WithCamelsAnnotation {

        @RepeatedTest(2)
        void emulatorIsThere(@Autowired ProducerTemplate template, @Autowired GeminiEmulator emulator) {
            assertThat(draw(template)).isNotEmpty();

            assertThat(emulator.requests()).hasSize(1);
        }
    }

    @Nested
    @JsonTest
    @AutoConfigureGeminiEmulator
    class OfASlice {

        @RepeatedTest(2)
        void camelAndTheEmulatorAreThere(@Autowired ProducerTemplate template, @Autowired GeminiEmulator emulator) {
            assertThat(draw(template)).isNotEmpty();

            assertThat(emulator.requests()).hasSize(1);
        }
    }
}
