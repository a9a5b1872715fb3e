package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NotDrawnException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of Vertex AI from the message to its pictures, by way of Cloud Storage. */
@Timeout(120)
class VertexBatchTest {

    private final Map<String, Message> pictures = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    private final GeminiEmulator emulator = GeminiEmulator.start();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
        component.useEmulator(emulator.baseUrl());
        component.getConfiguration().setProject("p");
        component.getConfiguration().setBatchGcsUri("gs://pictures/batches");
        component.getConfiguration().setRetryInitialDelay(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GeminiImageException.class)
                        .handled(true)
                        .process(exchange -> failures.put(
                                exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("direct:submit").errorHandler(noErrorHandler()).to("gemini-image:batch?imageSize=512");
                from("gemini-image:batchResults?initialDelay=0&delay=50")
                        .process(exchange -> pictures.put(
                                exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                exchange.getMessage().copy()));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        emulator.close();
    }

    private void submit(Map<String, String> prompts, Fault... faults) {
        if (faults.length > 0) {
            emulator.on(RequestMatcher.operation("batchPredictionJobs.create")).answer(faults);
        }
        context.createProducerTemplate().sendBody("direct:submit", prompts);
    }

    private static Map<String, String> prompts(int count) {
        Map<String, String> prompts = new TreeMap<>();
        for (int i = 1; i <= count; i++) {
            prompts.put("k" + i, "picture " + i);
        }
        return prompts;
    }

    private void drawn() {
        emulator.clock().advance(Duration.ofHours(24));
    }

    @Test
    void picturesComeByTheirKeys() {
        submit(Map.of("mug", "A mug", "vase", "A vase", "Ä 1", "A chair"));
        drawn();

        await().until(() -> pictures.size() == 3);
        assertThat(pictures).containsOnlyKeys("mug", "vase", "Ä 1");
        assertThat(pictures.get("Ä 1").getHeaders()).containsEntry(GeminiImageHeaders.WIDTH, 512);
        assertThat(emulator.batches()).isEqualTo(1);
    }

    @Test
    void aBatchIsOfItsProject(@TempDir Path folder) {
        String uri = "gemini-image:batch?batchId=mugs&batchFolder=" + folder;
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody(uri, "A mug");

        assertThatThrownBy(() -> template.sendBody(uri + "&project=other", "A mug"))
                .cause()
                .hasMessageContaining(
                        "was submitted to google at localhost/projects/p, not to google at localhost/projects/other");
        assertThat(emulator.batches()).isEqualTo(1);
    }

    static Stream<Fault> lostAnswers() {
        return Stream.of(
                Fault.answerLost(), Fault.answerReplaced(200), Fault.answerReplaced(499), Fault.answerReplaced(504));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void anAnswerThatWasLostIsLookedFor(Fault fault) {
        submit(prompts(2), fault);
        drawn();

        await().until(() -> pictures.size() == 2);
        assertThat(emulator.batches()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void faultsOfLinesAreOfTheirLines(boolean shuffled) {
        Fault lines = Fault.lineMissing(3)
                .and(Fault.lineFails(5))
                .and(Fault.lineBroken(7))
                .and(Fault.lineTwice(9));
        submit(prompts(9), shuffled ? lines.and(Fault.linesShuffled()) : lines);
        drawn();

        await().until(() -> pictures.size() + failures.size() == 9);
        assertThat(pictures).hasSize(6);
        assertThat(failures).containsOnlyKeys("k3", "k5", "k7");
        assertThat(failures.get("k3")).isInstanceOf(NotDrawnException.class);
        // Of the broken line cannot be assigned to a request, so that either may have been drawn, and is paid.
        assertThat(List.of(failures.get("k3"), failures.get("k7")))
                .asInstanceOf(InstanceOfAssertFactories.list(NotDrawnException.class))
                .extracting(NotDrawnException::getReason)
                .containsOnly(NotDrawnException.Reason.UNREACHED);
    }

    static Stream<Fault> ends() {
        return Stream.of(Fault.batchExpires(), Fault.jobFails("The input could not be read."));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aBatchThatDrawsNothingIsToldKeyByKey(Fault fault) {
        submit(prompts(2), fault);
        drawn();

        await().until(() -> failures.size() == 2);
        assertThat(failures.values()).allSatisfy(failure -> assertThat(failure).isInstanceOf(NotDrawnException.class));
        assertThat(pictures).isEmpty();
    }

    @Test
    void resultsThatAreNotNamedYetAreWaitedFor() {
        submit(prompts(2), Fault.resultsLate(Duration.ofDays(2)));
        drawn();
        await().until(() -> emulator.requests().stream()
                        .filter(request -> request.operation().equals("batchPredictionJobs.get"))
                        .count()
                > 2);
        assertThat(failures).isEmpty();

        emulator.clock().advance(Duration.ofDays(2));

        await().atMost(Duration.ofMinutes(1)).until(() -> pictures.size() == 2);
        assertThat(failures).isEmpty();
    }

    @Test
    void aDownloadThatBreaksIsBegunAgainAndBringsNothingTwice() {
        emulator.on(RequestMatcher.operation("objects.get"))
                .answer(Fault.resetMidBody(200_000))
                .times(1);
        submit(prompts(9));
        drawn();

        await().until(() -> pictures.size() == 9);
        assertThat(failures).isEmpty();
    }
}
