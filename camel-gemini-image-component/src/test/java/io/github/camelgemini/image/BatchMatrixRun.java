package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ScriptedFault;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.consume.BatchResultsConsumer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.awaitility.core.ConditionFactory;

/** One batch at one service with one fault of the matrix, with its own emulator. */
final class BatchMatrixRun implements AutoCloseable {

    /** What another client does between the submission of a batch and its results. */
    @FunctionalInterface
    interface Step {
        void take(BatchMatrixRun run) throws Exception;
    }

    private static final String ID = "products";
    private static final String WEBHOOK_PATH = "/hooks/9f86d081884c7d659a2feaa0c55ad015";
    private static final Duration IN_THE_QUEUE = Duration.ofHours(24);
    /** Pictures are large enough to be truncated. */
    private static final Fault USUAL =
            Fault.pixels(16, 16).and(Fault.pictureBytes(20_000)).and(Fault.takes(IN_THE_QUEUE));

    private final GeminiEmulator emulator = GeminiEmulator.start();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final BatchRepository repository = new InMemoryBatchRepository();
    private final BatchMatrixService service;
    private final BatchMatrixRow row;
    /** The exchanges by key; null for a picture. */
    private final Map<String, List<Throwable>> came = Collections.synchronizedMap(new TreeMap<>());

    private boolean forgotten;
    private final List<Throwable> failedPolls = new CopyOnWriteArrayList<>();

    BatchMatrixRun(BatchMatrixRow row, BatchMatrixService service) {
        this.row = row;
        this.service = service;
        emulator.usually(service.emulated(), USUAL);
        component().useEmulator(emulator.baseUrl());
        component().getConfiguration().setBatchRepository(repository);
        service.configure(component().getConfiguration());
        context.start();
        template = context.createProducerTemplate();
    }

    private GeminiImageComponent component() {
        return context.getComponent("gemini-image", GeminiImageComponent.class);
    }

    /** The outcome during the fault. Afterwards nothing is lost, and nothing is delivered twice. */
    BatchMatrixOutcome outcome() throws Exception {
        return switch (row.place()) {
            case SUBMITTED -> submitted();
            case DRAWN -> drawn();
            case FETCHED -> fetched();
            case TOLD -> told();
        };
    }

    private BatchMatrixOutcome submitted() throws Exception {
        bring("delay=20");
        if (!row.faults().isEmpty()) {
            emulator.on(service.creates()).answer(faults());
        }
        Exception failure = submit(row.options().isEmpty() ? "maxRetries=0" : "maxRetries=0&" + row.options());
        boolean made = made();
        emulator.clearFaults();

        if (failure != null) {
            assertThat(submit("")).isNull();
        }
        turnTheClock();
        awaitDelivered();
        assertThat(BatchMatrixOutcome.came(failures())).isEqualTo("each picture");
        return failure == null
                ? BatchMatrixOutcome.made("submitted", "")
                : new BatchMatrixOutcome(
                        BatchMatrixOutcome.name(failure.getClass()), made, String.valueOf(failure.getMessage()));
    }

    private BatchMatrixOutcome drawn() throws Exception {
        if (!row.faults().isEmpty()) {
            emulator.on(service.creates()).answer(faults()).times(1);
        }
        assertThat(submit(row.options())).isNull();
        bring("delay=20");
        row.step().take(this);
        turnTheClock();
        awaitDelivered();
        return BatchMatrixOutcome.made(BatchMatrixOutcome.came(failures()), messages(failures()));
    }

    private BatchMatrixOutcome fetched() throws Exception {
        assertThat(submit("")).isNull();
        ScriptedFault fault = emulator.on(service.fetches()).answer(faults());
        turnTheClock();
        bring("delay=20&maxRetries=0");
        // More calls than a poll makes with retries: it has polled again.
        int asked = 2 * service.jobs() + 1;
        patience().until(() -> {
            consumer().wake();
            return !failedPolls.isEmpty() || isDelivered() || fault.served() > asked;
        });
        List<Throwable> failed = List.copyOf(failedPolls);
        String what = isDelivered()
                ? BatchMatrixOutcome.came(failures())
                : failed.isEmpty()
                        ? "asked for again"
                        : BatchMatrixOutcome.pollFails(failed.get(0).getClass(), "")
                                .what();
        emulator.clearFaults();
        awaitDelivered();
        if (!failed.isEmpty() || what.equals("asked for again")) {
            assertThat(BatchMatrixOutcome.came(failures())).isEqualTo("each picture");
        }
        return BatchMatrixOutcome.made(what, messages(failed.isEmpty() ? failures() : failed));
    }

    private BatchMatrixOutcome told() throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("localhost");
        configuration.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        context.addService(server);
        // Only a webhook call makes it poll.
        bring("delay=3600000&webhookPath=" + WEBHOOK_PATH);
        emulator.on(service.creates()).answer(faults());
        patience().until(() -> consumer().isFirstPollDone() && !consumer().isPolling());
        assertThat(submit("webhook=http://localhost:" + server.getPort() + WEBHOOK_PATH))
                .isNull();
        assertThat(came).isEmpty();
        turnTheClock();
        row.step().take(this);
        patience().until(this::isDelivered);
        assertThatEachCameOnce();
        return BatchMatrixOutcome.made(BatchMatrixOutcome.came(failures()), "");
    }

    /** Starts a poll of the consumer before its scheduled time. */
    void poll() {
        patience().until(() -> {
            consumer().run();
            return isDelivered();
        });
    }

    /** Nothing happens until it is later than the end. */
    void turnTheClockAgain() {
        patience().until(() -> {
            turnTheClock();
            return isDelivered();
        });
    }

    /** Everything in a queue reaches its end. */
    void turnTheClock() {
        emulator.clock().advance(IN_THE_QUEUE.multipliedBy(2));
    }

    /** Waits for a poll that cannot get the results, before anything was delivered. */
    void awaitFailedPoll() {
        patience().until(() -> !failedPolls.isEmpty());
        assertThat(came).isEmpty();
    }

    /** Another client cancels the jobs at the service. */
    void cancelElsewhere() {
        List<?> jobs =
                send(service.uri("batchList", ""), null, Map.of()).getMessage().getBody(List.class);
        assertThat(jobs).hasSize(service.jobs());
        for (Object job : jobs) {
            Exchange cancelled = send(service.uri("batchCancel", ""), ((Map<?, ?>) job).get("jobId"), Map.of());
            assertThat(cancelled.getException()).isNull();
        }
    }

    /** The service forgets all of its jobs. */
    void forgetElsewhere() {
        emulator.clearJobs();
        forgotten = true;
    }

    /** Waits until the consumer's health check reports an overdue batch. */
    void awaitOverdue() {
        patience().until(() -> Integer.valueOf(1)
                .equals(((HealthCheckAware) consumer())
                        .getHealthCheck()
                        .call()
                        .getDetails()
                        .get("batches.overdue")));
        assertThat(came).isEmpty();
    }

    private Fault[] faults() {
        return row.faults().toArray(Fault[]::new);
    }

    private Exception submit(String options) {
        return send(service.uri("batch", options), service.requests(), Map.of(GeminiImageHeaders.BATCH_ID, ID))
                .getException();
    }

    private void bring(String options) throws Exception {
        context.getRegistry().bind("failedPolls", new DefaultPollingConsumerPollStrategy() {
            @Override
            public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
                failedPolls.add(cause);
                return false;
            }
        });
        String from = service.uri(
                "batchResults",
                "initialDelay=0&pollStrategy=#failedPolls&" + options
                        + (row.bringing().isEmpty() ? "" : "&" + row.bringing()));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(BatchMatrixRun.this::came);
                from(from).routeId("results").process(BatchMatrixRun.this::came);
            }
        });
    }

    private void came(Exchange exchange) throws IOException {
        String key = exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure == null) {
            assertThat(Pictures.describe(exchange.getMessage().getBody(byte[].class)))
                    .endsWith("16x16");
        }
        came.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(failure);
    }

    private BatchResultsConsumer consumer() {
        return (BatchResultsConsumer) context.getRoute("results").getConsumer();
    }

    private boolean isDelivered() throws IOException {
        return new Batches(repository)
                .find(ID)
                .map(batch -> batch.isDelivered())
                .orElse(false);
    }

    private void awaitDelivered() throws Exception {
        patience().until(() -> {
            consumer().wake();
            return isDelivered();
        });
        assertThatEachCameOnce();
    }

    private void assertThatEachCameOnce() {
        assertThat(came.keySet()).isEqualTo(service.requests().keySet());
        assertThat(came.values()).allSatisfy(each -> assertThat(each).hasSize(1));
        assertThat(emulator.jobs().size()).isEqualTo(forgotten ? 0 : service.jobs());
    }

    private boolean made() {
        int made = emulator.jobs().size();
        assertThat(made).isIn(0, service.jobs());
        return made > 0;
    }

    private List<Throwable> failures() {
        List<Throwable> failures = new ArrayList<>();
        came.values().forEach(failures::addAll);
        return failures;
    }

    private static String messages(List<Throwable> failures) {
        return String.join(
                "\n",
                failures.stream()
                        .flatMap(failure -> failure == null ? Stream.empty() : Stream.of(failure.getMessage()))
                        .toList());
    }

    private static ConditionFactory patience() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    @Override
    public void close() throws Exception {
        template.close();
        context.close();
        emulator.close();
    }
}
