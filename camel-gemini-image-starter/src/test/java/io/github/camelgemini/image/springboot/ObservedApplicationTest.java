package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Actuator shows of a Spring Boot application that draws, over HTTP. */
class ObservedApplicationTest {

    private static final String KEY = "marked-key-4711";

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(PosterApplication.class, Traces.class)
                .run(
                        "--spring.main.web-application-type=servlet",
                        "--server.port=0",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.health.show-details=always",
                        "--camel.health.producers-enabled=true",
                        "--camel.health.exposure-level=full",
                        "--camel.main.dev-console-enabled=true",
                        "--camel.component.gemini-image.base-url=" + EMULATOR.baseUrl(),
                        "--camel.component.gemini-image.api-key=" + KEY,
                        "--camel.component.gemini-image.retry-initial-delay=1ms");
        ProducerTemplate template = application.getBean(ProducerTemplate.class);
        template.requestBody("direct:poster", "a cat", byte[].class);
        EMULATOR.next(Fault.finish("IMAGE_SAFETY", "no"));
        template.send("direct:poster", exchange -> exchange.getMessage().setBody("something else"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void prometheusHasTheMeters() throws Exception {
        assertThat(get("/actuator/prometheus"))
                .containsPattern("gen_ai_client_operation_duration_seconds_count\\{.*error_type=\"none\".*} 1")
                .containsPattern("gen_ai_client_operation_duration_seconds_count\\{"
                        + ".*error_type=\"ImageBlockedException\".*} 1")
                .containsPattern("camel_gemini_image_pictures_total\\{.*} 1\\.0")
                .containsPattern("camel_gemini_image_cost_usd_total\\{.*routeId=\"poster\".*} 0\\.")
                .doesNotContain(KEY);
    }

    @Test
    void healthAsksForTheModel() throws Exception {
        String health = get("/actuator/health");

        assertThat(health)
                .contains(
                        "producer:service:poster:gemini-image://generate",
                        "producer:configuration:poster:gemini-image://generate")
                .contains("calls.inFlight")
                .doesNotContain(KEY);
    }

    @Test
    void devConsoleIsAnActuatorEndpoint() throws Exception {
        String json = get("/actuator/camel/gemini-image");

        JsonNode component =
                new ObjectMapper().readTree(json).findValue("components").path("gemini-image");
        assertThat(component.path("totals").path("operations").asInt()).isEqualTo(2);
        assertThat(component.path("lastFailures").get(0).path("type").asText()).isEqualTo("ImageBlockedException");
        assertThat(json).doesNotContain(KEY);
    }

    @Test
    void spanOfTheCallHasItsAttributes() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        application.getBean(InMemorySpanExporter.class).getFinishedSpanItems())
                .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("gen_ai.request.model")))
                .contains("gemini-3.1-flash-image"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Traces {

        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }

        @Bean
        Tracer tracer(InMemorySpanExporter exporter) {
            return SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build()
                    .get("test");
        }

        @Bean
        ContextPropagators propagators() {
            return ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        }

        @Bean
        OpenTelemetryTracer camelTracer() {
            return new OpenTelemetryTracer();
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        int port = ((ServletWebServerApplicationContext) application)
                .getWebServer()
                .getPort();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }
}
