package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spans that camel-opentelemetry2 makes for calls. */
@Timeout(60)
class TracesTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build();
    private final OpenTelemetryTracer tracer = new OpenTelemetryTracer();

    @BeforeEach
    void trace() throws Exception {
        routes.context().getRegistry().bind("tracer", Tracer.class, provider.get("test"));
        routes.context()
                .getRegistry()
                .bind(
                        "propagators",
                        ContextPropagators.class,
                        ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        tracer.setCamelContext(routes.context());
        tracer.init(routes.context());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:posters").to("gemini-image:generate?temperature=0.5");
                from("direct:shown").to("gemini-image:generate?tracePrompts=true");
                from("direct:lenient").to("gemini-image:generate?failOnBlocked=false");
                from("direct:four").to("gemini-image:generate?numImages=4");
            }
        });
    }

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void spanOfACallHasTheAttributesOfTheConventions() {
        routes.send("direct:posters", "a secret cat");

        SpanData span = span();
        assertThat(text(span, "gen_ai.operation.name")).isEqualTo("generate_content");
        assertThat(text(span, "gen_ai.provider.name")).isEqualTo("gcp.gemini");
        assertThat(text(span, "gen_ai.request.model")).isEqualTo("gemini-3.1-flash-image");
        assertThat(text(span, "gen_ai.response.model")).isEqualTo("gemini-3.1-flash-image");
        assertThat(text(span, "gen_ai.response.id")).isNotBlank();
        assertThat(text(span, "gen_ai.output.type")).isEqualTo("image");
        assertThat(text(span, "server.address")).isEqualTo("localhost");
        assertThat(span.getAttributes().get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
                .containsExactly("STOP");
        assertThat(span.getAttributes().get(AttributeKey.doubleKey("gen_ai.request.temperature")))
                .isEqualTo(0.5);
        assertThat(number(span, "gen_ai.usage.input_tokens")).isPositive();
        assertThat(number(span, "gen_ai.usage.output_tokens")).isGreaterThan(1_000);
        assertThat(number(span, "camel.gemini.image.pictures")).isEqualTo(1);
        assertThat(span.getAttributes().get(AttributeKey.doubleKey("camel.gemini.image.cost.usd")))
                .isGreaterThan(0.01);
        assertThat(span.getEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anyfast", "aimlapi", "inferencesh", "gmi"})
    void spanNamesTheServiceThatDraws(String service) throws Exception {
        String url = routes.emulator().baseUrl() + "/" + service;
        // Another name of the same server than that of the component's configuration.
        String uri = "gemini-image:generate?service=" + service + "&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                + url.replace("localhost", "127.0.0.1");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to(uri);
            }
        });

        routes.send("direct:other", "a secret cat");

        SpanData span = span();
        assertThat(text(span, "error.type")).isNull();
        assertThat(text(span, "gen_ai.provider.name")).isEqualTo(service);
        assertThat(text(span, "gen_ai.request.model")).isEqualTo("gemini-3.1-flash-image");
        assertThat(text(span, "gen_ai.response.model")).isEqualTo("gemini-3.1-flash-image");
        assertThat(text(span, "server.address")).isEqualTo("127.0.0.1");
        assertThat(number(span, "camel.gemini.image.pictures")).isEqualTo(1);
        assertThat(everything()).doesNotContain(EmulatedRoutes.KEY, "secret cat");
    }

    @Test
    void retryIsAnEventOfTheSpan() {
        routes.emulator().next(Fault.rateLimited(Duration.ofMillis(1)));
        routes.emulator().next(Fault.overloaded());
        routes.send("direct:posters", "a cat");

        List<EventData> events = span().getEvents();
        assertThat(events)
                .extracting(EventData::getName)
                .containsOnly("camel.gemini.image.retry")
                .hasSize(2);
        assertThat(events.get(0).getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("RateLimitException");
        assertThat(events.get(1).getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(503);
        assertThat(number(span(), "camel.gemini.image.calls")).isEqualTo(3);
    }

    @Test
    void failureIsAnErrorOfTheSpanWithItsTokens() {
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "no"));
        routes.send("direct:posters", "a cat");

        SpanData span = span();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span, "error.type")).isEqualTo("ImageBlockedException");
    }

    @Test
    void blockedPictureThatTheRouteTakesIsNoErrorOfTheSpan() {
        routes.emulator().next(Fault.finish("IMAGE_SAFETY", "no"));
        routes.send("direct:lenient", "a cat");

        SpanData span = span();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(text(span, "error.type")).isNull();
        assertThat(number(span, "camel.gemini.image.blocked")).isEqualTo(1);
        assertThat(number(span, "camel.gemini.image.pictures")).isZero();
        assertThat(span.getAttributes().get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
                .containsExactly("IMAGE_SAFETY");
    }

    @Test
    void promptIsShownOnlyIfTheRouteWantsIt() {
        routes.send("direct:posters", "a secret cat");
        assertThat(everything()).doesNotContain("secret cat");

        exported.reset();
        routes.send("direct:shown", "a secret \"cat\"");
        assertThat(text(span(), "gen_ai.input.messages"))
                .isEqualTo(
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"a secret \\\"cat\\\"\"}]}]");
    }

    @Test
    void severalPicturesAreOneSpan() {
        routes.send("direct:four", "a cat");

        SpanData span = span();
        assertThat(number(span, "gen_ai.request.choice.count")).isEqualTo(4);
        assertThat(number(span, "camel.gemini.image.pictures")).isEqualTo(4);
        assertThat(number(span, "gen_ai.usage.output_tokens")).isGreaterThan(4_000);
    }

    @Test
    void spansOfOthersStayAsTheyAre() {
        tracer.setExcludePatterns("gemini-image*");
        routes.send("direct:posters", "a cat");

        Awaitility.await().until(() -> !exported.getFinishedSpanItems().isEmpty());
        assertThat(everything()).doesNotContain("gen_ai");
    }

    /** Spans end after the answer is there. */
    private SpanData span() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> exported.getFinishedSpanItems().stream()
                                .filter(span ->
                                        span.getAttributes().get(AttributeKey.stringKey("gen_ai.operation.name"))
                                                != null)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private String everything() {
        return exported.getFinishedSpanItems().toString();
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    private static long number(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.longKey(attribute));
    }
}
