package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.observation.CallTotals;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What starts and stops of contexts, routes and components leave behind: nothing. */
@Timeout(180)
class LifeOfAContextTest {

    private static final String DRAW = "gemini-image:generate?imageSize=512";

    @TempDir
    Path spool;

    private GeminiEmulator emulator;

    @BeforeEach
    void startEmulator() {
        emulator = GeminiEmulator.builder().start();
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16));
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    private CamelContext start() throws Exception {
        CamelContext context = new DefaultCamelContext();
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(emulator.baseUrl());
        options.setApiKey("any");
        options.setSpoolDirectory(spool.toString());
        options.setSpoolThreshold(0L);
        RouteBuilder.addRoutes(
                context, routes -> routes.from("direct:draw").routeId("draw").to(DRAW));
        context.start();
        return context;
    }

    private static void draw(CamelContext context) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            assertThat(template.requestBody("direct:draw", "a cat", byte[].class))
                    .isNotEmpty();
        }
    }

    @Test
    @EnabledIf("processHasItsFilesInProc")
    void twoHundredContextsLeaveNoThreadNoFileAndNoMemory() throws Exception {
        List<WeakReference<CamelContext>> contexts = new ArrayList<>();
        int filesBefore = 0;
        for (int i = 0; i < 200; i++) {
            if (i == 20) {
                // The first ones load classes and open what stays open for the life of a JVM.
                filesBefore = openFiles();
            }
            CamelContext context = start();
            draw(context);
            context.stop();
            contexts.add(new WeakReference<>(context));
        }

        assertThat(spool).isEmptyDirectory();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("GeminiImage"));
        int before = filesBefore;
        await().untilAsserted(() -> assertThat(openFiles()).isLessThan(before + 20));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            System.gc();
            // The last one may still be on the stack.
            assertThat(contexts.stream().map(WeakReference::get).filter(Objects::nonNull))
                    .hasSizeLessThan(5);
        });
    }

    @Test
    void contextThatKeptAChatLeavesNoThreadAndNoTimer() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CamelContext context = start();
        // Who still has a picture keeps no thread for it.
        Object picture = chat(context, "gemini-image:chat?conversationId=cat");
        Object other = chat(context, "gemini-image:chat");
        assertThat(context.getComponent("gemini-image", GeminiImageComponent.class)
                        .getSpoolFiles())
                .as("two pictures, and each conversation")
                .isGreaterThanOrEqualTo(4);
        context.stop();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("GeminiImage") || name.contains("Cleaner"));
        });
        assertThat(List.of(picture, other)).doesNotContainNull();
    }

    private static Object chat(CamelContext context, String uri) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(uri, exchange -> exchange.getMessage().setBody("a cat"));
        }
    }

    static boolean processHasItsFilesInProc() {
        return new File("/proc/self/fd").isDirectory();
    }

    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void routeCanBeSuspendedAndStoppedAndGoesOnAfterwards() throws Exception {
        try (CamelContext context = start()) {
            draw(context);
            context.getRouteController().suspendRoute("draw");
            context.getRouteController().resumeRoute("draw");
            draw(context);
            context.getRouteController().stopRoute("draw");
            context.getRouteController().startRoute("draw");
            draw(context);
            context.suspend();
            context.resume();
            draw(context);
        }

        assertThat(emulator.requests()).hasSize(4);
    }

    /** As when shutdownTimeout is over: nobody waits for the call, which goes on nevertheless. */
    @Test
    void callInFlightWhoseProducerStopsIsStillWritten() throws Exception {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.delay(Duration.ofSeconds(1)));
        try (CamelContext context = start()) {
            AsyncProducer producer = context.getEndpoint(DRAW + "&output=json").createAsyncProducer();
            producer.start();
            CompletableFuture<Exchange> written = producer.processAsync(message(producer.getEndpoint()));
            await().until(() -> !emulator.requests().isEmpty());
            producer.stop();

            assertThat(written.join().getException()).isNull();
            assertThat(written.join().getMessage().getBody(String.class)).contains("output_meta");
        }
    }

    @Test
    void contextThatStopsEndsTheCallsOfItsRoutes() throws Exception {
        emulator.clear();
        emulator.on(RequestMatcher.prompt("silent")).answer(Fault.stallBeforeHeaders());
        emulator.on(RequestMatcher.prompt("again")).answer(Fault.overloaded(), Fault.header("Retry-After", "120"));
        CamelContext context = start();
        CallTotals totals = context.getComponent("gemini-image", GeminiImageComponent.class)
                .observations()
                .totals();
        AsyncProducer producer = context.getEndpoint("direct:draw").createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (String prompt : List.of("silent", "again")) {
            Exchange exchange = message(producer.getEndpoint());
            exchange.getMessage().setBody(prompt);
            calls.add(producer.processAsync(exchange));
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> emulator.requests().size() == 2 && totals.counts().retries() == 1);

        context.getShutdownStrategy().setTimeout(1);
        context.stop();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.get(60, TimeUnit.SECONDS).getException())
                        .isInstanceOf(ServiceUnavailableException.class)
                        .hasMessageContaining("The component was stopped"));
        assertThat(totals.counts().operations()).isEqualTo(2);
        assertThat(totals.counts().failures()).isEqualTo(2);
        assertThat(totals.lastFailures()).hasSize(2);
        assertThat(spool).isEmptyDirectory();
    }

    private static Exchange message(Endpoint endpoint) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody("a cat");
        return exchange;
    }

    @Test
    void callInFlightEndsBeforeItsRouteStops() throws Exception {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.delay(Duration.ofMillis(700)));
        try (CamelContext context = start();
                ProducerTemplate template = context.createProducerTemplate()) {
            var picture = template.asyncRequestBody("direct:draw", "a cat", Object.class);
            await().until(() -> !emulator.requests().isEmpty());
            context.getRouteController().stopRoute("draw");

            assertThat(picture).isDone();
            assertThat(picture.get()).isInstanceOf(GeneratedImage.class);
        }
    }
}
