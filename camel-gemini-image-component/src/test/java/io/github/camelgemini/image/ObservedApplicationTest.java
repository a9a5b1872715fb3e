package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of an application on camel-main: metrics, health and console over HTTP, and JMX. */
@Timeout(120)
class ObservedApplicationTest {

    private static final String KEY = "marked-key-4711";

    private final GeminiEmulator emulator = GeminiEmulator.builder().apiKey(KEY).start();
    private final Main main = new Main();

    @BeforeEach
    void configure() {
        main.setDefaultPropertyPlaceholderLocation("false");
        Map.ofEntries(
                        Map.entry("camel.management.enabled", "true"),
                        Map.entry("camel.management.port", "0"),
                        Map.entry("camel.management.metricsEnabled", "true"),
                        Map.entry("camel.management.healthCheckEnabled", "true"),
                        Map.entry("camel.management.devConsoleEnabled", "true"),
                        Map.entry("camel.metrics.enabled", "true"),
                        Map.entry("camel.health.producersEnabled", "true"),
                        Map.entry("camel.health.exposureLevel", "full"),
                        Map.entry("camel.main.devConsoleEnabled", "true"),
                        Map.entry("camel.component.gemini-image.baseUrl", emulator.baseUrl()),
                        Map.entry("camel.component.gemini-image.apiKey", KEY),
                        Map.entry("camel.component.gemini-image.retryInitialDelay", "1"))
                .forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:posters").routeId("posters").to("gemini-image:generate?maxRetries=3");
                from("direct:edits").routeId("edits").to("gemini-image:edit?prompt=brighter&apiKey=" + KEY);
            }
        });
    }

    @AfterEach
    void stop() {
        main.stop();
        emulator.close();
    }

    @Test
    void scrapeTellsWhatBecameOfCalls() throws Exception {
        main.start();
        emulator.next(Fault.rateLimited(Duration.ofMillis(1)));
        send("direct:posters", "a cat");
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));
        send("direct:posters", "something else");
        send("direct:edits", Pictures.draw("png", 20, 10));

        String scrape = get("/observe/metrics", 200);
        assertThat(value(
                        scrape,
                        "gen_ai_client_operation_duration_seconds_count",
                        "camel_gemini_image_operation=\"generate\"",
                        "error_type=\"none\"",
                        "gen_ai_operation_name=\"generate_content\"",
                        "gen_ai_provider_name=\"gcp.gemini\"",
                        "gen_ai_request_model=\"gemini-3.1-flash-image\"",
                        "gen_ai_response_model=\"gemini-3.1-flash-image\"",
                        "gen_ai_response_finish_reasons=\"STOP\""))
                .isEqualTo(1);
        assertThat(value(
                        scrape,
                        "gen_ai_client_operation_duration_seconds_count",
                        "error_type=\"PromptBlockedException\""))
                .isEqualTo(1);
        assertThat(value(scrape, "camel_gemini_image_retries_total", "error_type=\"RateLimitException\""))
                .isEqualTo(1);
        assertThat(value(scrape, "camel_gemini_image_throttled_total")).isEqualTo(1);
        assertThat(value(scrape, "camel_gemini_image_calls_total")).isEqualTo(4);
        assertThat(value(scrape, "camel_gemini_image_pictures_total")).isEqualTo(2);
        assertThat(value(scrape, "camel_gemini_image_sent_bytes_sum")).isEqualTo(Pictures.draw("png", 20, 10).length);
        assertThat(value(scrape, "camel_gemini_image_received_bytes_sum")).isGreaterThan(10_000);
        assertThat(value(scrape, "gen_ai_client_token_usage_sum", "gen_ai_token_type=\"output\""))
                .isGreaterThan(1_000);
        assertThat(value(scrape, "camel_gemini_image_tokens_total", "kind=\"IMAGE\"", "gen_ai_token_type=\"output\""))
                .isGreaterThan(1_000);
        assertThat(value(scrape, "camel_gemini_image_cost_usd_total", "routeId=\"posters\""))
                .isGreaterThan(0.01);
        assertThat(value(scrape, "camel_gemini_image_limit")).isGreaterThan(0);
        assertThat(scrape).contains("camel_gemini_image_spool_files").doesNotContain(KEY);
    }

    @Test
    void scrapeTellsTheServicesApart() throws Exception {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:anyfast")
                        .to("gemini-image:generate?service=anyfast&apiKey=" + KEY + "&baseUrl="
                                + emulator.anyfastUrl());
                from("direct:aimlapi")
                        .to("gemini-image:generate?service=aimlapi&apiKey=" + KEY + "&baseUrl="
                                + emulator.aimlapiUrl());
            }
        });
        main.start();
        send("direct:posters", "a cat");
        send("direct:anyfast", "a cat");
        send("direct:aimlapi", "a cat");

        String scrape = get("/observe/metrics", 200);
        for (String provider : List.of("gcp.gemini", "anyfast", "aimlapi")) {
            assertThat(value(
                            scrape,
                            "gen_ai_client_operation_duration_seconds_count",
                            "error_type=\"none\"",
                            "gen_ai_provider_name=\"" + provider + "\"",
                            "gen_ai_request_model=\"gemini-3.1-flash-image\"",
                            "gen_ai_response_model=\"gemini-3.1-flash-image\""))
                    .isEqualTo(1);
        }
        assertThat(scrape).doesNotContain(KEY);
    }

    @Test
    void modelsThatMessagesMakeUpAreOneTag() throws Exception {
        main.start();
        for (int i = 0; i < 5; i++) {
            Exchange exchange = main.getCamelTemplate().send("direct:posters", sent(i));
            assertThat(exchange.isFailed()).isTrue();
        }

        String scrape = get("/observe/metrics", 200);
        assertThat(scrape).doesNotContain("made-up").contains("gen_ai_request_model=\"other\"");
        assertThat(value(scrape, "gen_ai_client_operation_duration_seconds_count", "gen_ai_request_model=\"other\""))
                .isEqualTo(5);
    }

    private static org.apache.camel.Processor sent(int i) {
        return exchange -> {
            exchange.getMessage().setBody("a cat");
            exchange.getMessage().setHeader(GeminiImageHeaders.MODEL, "made-up-" + i);
        };
    }

    @Test
    void whatIsUnderWayIsSeenWhileItIs() throws Exception {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:narrow").to("gemini-image:generate?maxConcurrentRequests=1");
            }
        });
        main.start();
        emulator.on(RequestMatcher.prompt("slow")).answer(Fault.stallBeforeHeaders());
        ProducerTemplate template = main.getCamelTemplate();
        CompletableFuture<?> first = template.asyncSend(
                "direct:narrow", exchange -> exchange.getMessage().setBody("slow"));
        Awaitility.await().until(() -> emulator.requests().size() == 1);
        CompletableFuture<?> second = template.asyncSend(
                "direct:narrow", exchange -> exchange.getMessage().setBody("slow"));

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            String scrape = get("/observe/metrics", 200);
            assertThat(value(scrape, "camel_gemini_image_in_flight")).isEqualTo(1);
            assertThat(value(scrape, "camel_gemini_image_waiting")).isEqualTo(1);
        });
        emulator.clearFaults();
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
    }

    @Test
    void readinessAsksForTheModelAndNotForAPicture() throws Exception {
        main.start();
        get("/observe/health/ready", 200);
        get("/observe/health/ready", 200);
        String health = get("/observe/health", 200);

        assertThat(emulator.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.path()).endsWith("/models/gemini-3.1-flash-image");
        });
        assertThat(health)
                .contains(
                        "producer:service:posters:gemini-image:\\/\\/generate",
                        "producer:configuration:edits:gemini-image:\\/\\/edit")
                .doesNotContain(KEY);
    }

    @Test
    void messageThatNamesAWrongOptionDoesNotMakeTheApplicationUnhealthy() throws Exception {
        main.start();

        assertThatThrownBy(() -> send("gemini-image:generate?aspectRatio=7:5", "a cat"))
                .isInstanceOf(FailedToCreateProducerException.class);

        assertThat(get("/observe/health/live", 200)).doesNotContain("7:5");
    }

    @Test
    void serviceThatRefusesTheKeyIsNotReadyButAlive() throws Exception {
        main.addInitialProperty("camel.component.gemini-image.apiKey", "some-other-key");
        main.start();

        String ready = get("/observe/health/ready?data=true", 503);
        assertThat(ready).contains("DOWN", "API key not valid").doesNotContain("some-other-key");
        get("/observe/health/live", 200);
    }

    @Test
    void pausedModelIsReadyAndSaysUntilWhen() throws Exception {
        main.start();
        emulator.next(Fault.rateLimited(Duration.ofHours(1)));
        send("direct:posters", "a cat");

        String health = get("/observe/health/ready?data=true", 200);
        assertThat(health).contains("calls.pausedUntil", "calls.inFlight", "calls.waiting");
        String scrape = get("/observe/metrics", 200);
        assertThat(value(scrape, "camel_gemini_image_paused_seconds")).isGreaterThan(100);
        assertThat(value(scrape, "camel_gemini_image_limit")).isEqualTo(1);
    }

    @Test
    void endpointThatCannotStartIsNotAliveAndSaysWhy() throws Exception {
        main.addInitialProperty("camel.routecontroller.enabled", "true");
        main.addInitialProperty("camel.component.gemini-image.imageSize", "3K");
        main.start();

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        get("/observe/health/live?data=true", 503))
                .contains("producer:configuration", "DOWN", "3K"));
    }

    @Test
    void healthIsOffUnlessSwitchedOn() throws Exception {
        main.addInitialProperty("camel.health.producersEnabled", "false");
        main.start();

        assertThat(get("/observe/health", 200)).doesNotContain("gemini-image");
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void consoleTellsWhatIsGoingOnAndNoSecrets() throws Exception {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:keyed").to("gemini-image:generate?imageSize=1K&apiKey=" + KEY);
            }
        });
        main.start();
        send("direct:posters", "a cat");
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));
        send("direct:posters", "something else");
        send("direct:keyed", "a cat");

        JsonNode json = new ObjectMapper().readTree(get("/q/dev/gemini-image", 200));
        JsonNode component = json.findValue("gemini-image").path("components").path("gemini-image");
        assertThat(component.path("totals").path("operations").asInt())
                .as(json.toPrettyString())
                .isEqualTo(3);
        assertThat(component.path("totals").path("failures").asInt()).isEqualTo(1);
        assertThat(component.path("totals").path("estimatedCost").asDouble()).isGreaterThan(0.01);
        assertThat(component.path("endpoints")).hasSize(3);
        assertThat(component.path("clients").get(0).path("service").asText()).isEqualTo(emulator.baseUrl());
        assertThat(component.path("clients").get(0).path("limits").path("gemini-3.1-flash-image"))
                .hasToString("{\"inFlight\":0,\"waiting\":0,\"allowed\":64,\"pausedMillis\":0}");
        assertThat(component.path("lastFailures").get(0).path("type").asText()).isEqualTo("PromptBlockedException");
        assertThat(component.path("lastFailures").get(0).path("routeId").asText())
                .isEqualTo("posters");
        assertThat(component.path("estimatedCostByRoute").path("posters").asDouble())
                .isGreaterThan(0.01);
        assertThat(json.toString()).doesNotContain(KEY);

        String text = (String) main.getCamelContext()
                .getCamelContextExtension()
                .getContextPlugin(org.apache.camel.console.DevConsoleRegistry.class)
                .resolveById("gemini-image")
                .call(org.apache.camel.console.DevConsole.MediaType.TEXT, Map.of());
        assertThat(text)
                .contains("operations: 3", "PromptBlockedException", "allowed=64")
                .doesNotContain(KEY);
    }

    @Test
    void managementBeansHaveTheSame() throws Exception {
        main.start();
        send("direct:posters", "a cat");
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));
        send("direct:posters", "something else");

        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        String context = "org.apache.camel:context=" + main.getCamelContext().getName();
        ObjectName component = new ObjectName(context + ",type=components,name=\"gemini-image\"");
        assertThat(beans.getAttribute(component, "Operations")).isEqualTo(2L);
        assertThat(beans.getAttribute(component, "Failures")).isEqualTo(1L);
        assertThat(beans.getAttribute(component, "Blocked")).isEqualTo(1L);
        assertThat(beans.getAttribute(component, "Pictures")).isEqualTo(1L);
        assertThat(beans.getAttribute(component, "CallsInFlight")).isEqualTo(0);
        assertThat((double) beans.getAttribute(component, "EstimatedCost")).isGreaterThan(0.01);

        var endpoints =
                beans.queryNames(new ObjectName(context + ",type=endpoints,name=\"gemini-image://generate*\""), null);
        assertThat(endpoints).hasSize(1);
        ObjectName endpoint = endpoints.iterator().next();
        assertThat(beans.getAttribute(endpoint, "Operations")).isEqualTo(2L);
        assertThat(beans.getAttribute(endpoint, "Model")).isEqualTo("gemini-3.1-flash-image");
    }

    /** One answer to whoever asks: what the route takes for an answer is no failure anywhere, and seen everywhere. */
    @Test
    void blockedPicturesThatARouteTakesAreNoFailures() throws Exception {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:lenient").to("gemini-image:generate?failOnBlocked=false");
            }
        });
        main.start();
        emulator.next(Fault.promptBlocked("PROHIBITED_CONTENT"));
        send("direct:lenient", "a cat");
        emulator.next(Fault.finish("IMAGE_SAFETY", "no"));
        send("direct:lenient", "a cat");
        emulator.next(Fault.textOnly("Which cat?"));
        send("direct:lenient", "a cat");

        String duration = "gen_ai_client_operation_duration_seconds_count";
        String scrape = get("/observe/metrics", 200);
        assertThat(value(scrape, duration)).isEqualTo(3);
        assertThat(value(scrape, duration, "error_type=\"none\"")).isEqualTo(3);
        assertThat(value(scrape, duration, "gen_ai_response_finish_reasons=\"IMAGE_SAFETY\""))
                .isEqualTo(1);
        assertThat(value(scrape, "camel_gemini_image_blocked_total")).isEqualTo(3);
        assertThat(value(scrape, "camel_gemini_image_blocked_total", "error_type=\"PromptBlockedException\""))
                .isEqualTo(1);
        assertThat(value(scrape, "camel_gemini_image_pictures_total")).isZero();

        JsonNode json = new ObjectMapper().readTree(get("/q/dev/gemini-image", 200));
        JsonNode console = json.findValue("gemini-image").path("components").path("gemini-image");
        assertThat(console.path("totals").path("operations").asInt()).isEqualTo(3);
        assertThat(console.path("totals").path("failures").asInt()).isZero();
        assertThat(console.path("totals").path("blocked").asInt()).isEqualTo(3);
        assertThat(console.path("lastFailures")).isEmpty();

        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        String context = "org.apache.camel:context=" + main.getCamelContext().getName();
        ObjectName component = new ObjectName(context + ",type=components,name=\"gemini-image\"");
        assertThat(beans.getAttribute(component, "Failures")).isEqualTo(0L);
        assertThat(beans.getAttribute(component, "Blocked")).isEqualTo(3L);
    }

    private void send(String uri, Object body) throws Exception {
        main.getCamelTemplate().send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private String get(String path, int status) throws IOException, InterruptedException {
        int port = VertxPlatformHttpRouter.lookup(
                        main.getCamelContext(), VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO)
                .getServer()
                .getPort();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept", "application/json, text/plain, */*")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
        return answer.body();
    }

    /** The sum of all samples of a name that have these labels; fails when there are none. */
    private static double value(String scrape, String name, String... labels) {
        Matcher samples = Pattern.compile("(?m)^" + name + "\\{(.*)} (\\S+)$").matcher(scrape);
        double sum = 0;
        boolean found = false;
        while (samples.find()) {
            String tags = samples.group(1);
            if (java.util.stream.Stream.of(labels).allMatch(tags::contains)) {
                found = true;
                sum += Double.parseDouble(samples.group(2));
            }
        }
        assertThat(found)
                .as(name + " with " + String.join(", ", labels) + " in\n" + scrape)
                .isTrue();
        return sum;
    }
}
