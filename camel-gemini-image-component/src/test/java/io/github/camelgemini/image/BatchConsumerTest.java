package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchSubmission;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.consume.BatchResultsConsumer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.PrototypeExchangeFactory;
import org.apache.camel.spi.ExchangeFactory;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The consumer of batch results when something around it fails, calls often, or ends. */
@Timeout(120)
class BatchConsumerTest {

    private static final GeminiImageException DOWN =
            new ServiceUnavailableException("the service is down", null, ProviderError.NONE, null);

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final DrawnJobs jobs = new DrawnJobs(1, 0);
    private final List<String> came = new CopyOnWriteArrayList<>();

    @BeforeEach
    void bindThePainter() {
        routes.context().getRegistry().bind("painter", new OwnService(new OwnBackend() {
            @Override
            public ImageBatches batches() {
                return jobs;
            }
        }));
    }

    private Batches batches() {
        return new Batches(routes.component()
                .batchRepository(routes.context()
                        .getEndpoint("gemini-image:batchResults?service=#painter", GeminiImageEndpoint.class)
                        .getConfiguration()));
    }

    private void submitAndEnd(String id, int count) throws Exception {
        List<KeyedRequest> requests = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new KeyedRequest(
                        "k" + i,
                        ImageRequest.builder()
                                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                                .set(Parameter.PROMPT, "p" + i)
                                .build()))
                .toList();
        try (Batches.Held held = batches().hold(id).orElseThrow()) {
            Batch unused = new BatchSubmission(
                            held, jobs, new BatchSubmission.Order("painter", null, null, false, 0), () -> true)
                    .submit(requests.iterator());
        }
        jobs.end(JobState.SUCCEEDED);
    }

    private void route(String options, Processor processor) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("gemini-image:batchResults?service=#painter&initialDelay=0" + options)
                        .routeId("results")
                        .process(exchange -> came.add(key(exchange)))
                        .process(processor);
            }
        });
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class);
    }

    private BatchResultsConsumer consumer() {
        return (BatchResultsConsumer) routes.context().getRoute("results").getConsumer();
    }

    private void awaitDelivered(String id) {
        await().until(() -> batches().find(id).orElseThrow().isDelivered());
    }

    private boolean isHeld() throws Exception {
        try (Batches.Held held = batches().hold("b").orElse(null)) {
            return held == null;
        }
    }

    @Test
    void anIdThatFailsDoesNotKeepOthersFromBeingBrought() throws Exception {
        submitAndEnd("b", 2);
        submitAndEnd("c", 1);
        jobs.dead.put("jobs/66", DOWN);

        route("&delay=10&batchId=jobs/66,b,jobs/67,c", exchange -> {});

        awaitDelivered("b");
        awaitDelivered("c");
        assertThat(came).containsExactly("k1", "k2", "k1");
    }

    @Test
    void aListThatFailsDoesNotKeepBatchesFromBeingBrought() throws Exception {
        submitAndEnd("b", 2);
        jobs.unlisted = DOWN;

        route("&delay=10&adoptBatches=true", exchange -> {});

        awaitDelivered("b");
        assertThat(came).containsExactly("k1", "k2");
    }

    @Test
    void aBatchThatFailsDoesNotSlowOthersDown() throws Exception {
        submitAndEnd("a", 1);
        jobs.dead.put("jobs/1", DOWN);
        route("&delay=10", exchange -> {});
        await().until(() -> consumer().getErrorCounter() > 0);

        for (int i = 1; i <= 8; i++) {
            submitAndEnd("b" + i, 1);
            awaitDelivered("b" + i);
        }

        assertThat(jobs.questions.get())
                .as("the failing one is asked about with pauses")
                .isLessThan(30);
        jobs.dead.clear();
        awaitDelivered("a");
    }

    /** There is one slot: if it were lost, nothing more would be delivered. */
    @Test
    void anExchangeThatCannotBeMadeKeepsNoRoomAndNoFile() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        routes.context().getCamelContextExtension().setExchangeFactory(new FailingFactory(null, failures));
        submitAndEnd("b", 2);

        route("&delay=10", exchange -> {});

        awaitDelivered("b");
        assertThat(came).containsExactly("k1", "k2");
        assertThat(failures.get()).isNotPositive();
        assertThat(jobs.store.liveFiles()).isLessThanOrEqualTo(2);
    }

    private static final class FailingFactory extends PrototypeExchangeFactory {

        private final AtomicInteger failures;

        FailingFactory(Consumer consumer, AtomicInteger failures) {
            super(consumer);
            this.failures = failures;
        }

        @Override
        public ExchangeFactory newExchangeFactory(Consumer consumer) {
            FailingFactory factory = new FailingFactory(consumer, failures);
            factory.setCamelContext(camelContext);
            return factory;
        }

        @Override
        public Exchange create(org.apache.camel.Endpoint endpoint, boolean autoRelease) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("no exchange");
            }
            return super.create(endpoint, autoRelease);
        }
    }

    @Test
    void aSuspendedRouteLetsGoOfItsBatch() throws Exception {
        submitAndEnd("b", 3);
        route("&maxMessagesPerPoll=1&delay=1h", exchange -> {});
        await().until(() -> consumer().isFirstPollDone() && !consumer().isPolling());
        assertThat(isHeld()).isTrue();

        routes.context().getRouteController().suspendRoute("results");

        await().until(() -> !isHeld());
    }

    @Test
    void aRouteThatIsSuspendedInTheMiddleOfAPollLetsGoOfItsBatchToo() throws Exception {
        submitAndEnd("b", 3);
        CountDownLatch came = new CountDownLatch(1);
        route("&delay=1h", exchange -> {
            came.countDown();
            await().until(() -> consumer().isSuspendingOrSuspended());
        });
        assertThat(came.await(60, TimeUnit.SECONDS)).isTrue();

        routes.context().getRouteController().suspendRoute("results");

        await().until(() -> !isHeld());
        assertThat(this.came).containsExactly("k1");
    }

    @Test
    void aForcedStopHoldsTheBatchUntilItsExchangesAreThrough() throws Exception {
        submitAndEnd("b", 3);
        routes.context().getExecutorServiceManager().setShutdownAwaitTermination(100);
        CountDownLatch goOn = new CountDownLatch(1);
        route("&delay=10&concurrentConsumers=2", exchange -> awaitUninterruptibly(goOn));
        await().until(() -> came.size() == 2);

        routes.context().getRouteController().stopRoute("results", 1, TimeUnit.MILLISECONDS);

        assertThat(isHeld()).as("while exchanges are under way").isTrue();
        goOn.countDown();
        await().until(() -> !isHeld());
        routes.context().getRouteController().startRoute("results");
        awaitDelivered("b");
        assertThat(came).contains("k1", "k2", "k3");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void callsDoNotEndThePauseAfterAFailure() throws Exception {
        submitAndEnd("b", 1);
        jobs.down = DOWN;
        route("&delay=10&maxRetries=0", exchange -> {});
        await().until(() -> {
            consumer().wake();
            return consumer().getErrorCounter() >= 2;
        });

        assertThat(jobs.questions.get()).isLessThan(5);
        jobs.down = null;
        awaitDelivered("b");
    }

    @Test
    void aCallDuringAPauseIsALookAfterwards() throws Exception {
        submitAndEnd("b", 1);
        jobs.down = DOWN;
        route("&delay=1h&maxRetries=0", exchange -> {});
        await().until(() -> consumer().getErrorCounter() == 1);
        jobs.down = null;

        consumer().wake();

        awaitDelivered("b");
    }

    @Test
    void aPictureThatCannotBeConvertedIsToldWhenTheBatchIsOld() throws Exception {
        jobs.garbled.add("k2");
        submitAndEnd("b", 3);
        List<String> failed = new CopyOnWriteArrayList<>();
        routes.context().getRegistry().bind("told", new Failures(failed));

        route("&delay=10&outputFormat=jpeg&batchMaxAge=1&exceptionHandler=#told", exchange -> {});

        awaitDelivered("b");
        assertThat(came).containsExactly("k1", "k3");
        assertThat(failed).hasSizeGreaterThan(2).containsOnly("k2");
    }

    @Test
    void anImageStoreThatIsDownTakesNoPictureFromAnOldBatch() throws Exception {
        submitAndEnd("b", 1);
        List<String> failed = new CopyOnWriteArrayList<>();
        routes.context().getRegistry().bind("told", new Failures(failed));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store").errorHandler(noErrorHandler()).process(exchange -> {
                    if (failed.size() < 4) {
                        throw new IllegalStateException("the store is down");
                    }
                    exchange.getMessage().setHeader(GeminiImageHeaders.URI, "store:k1");
                });
            }
        });

        route("&delay=10&output=json&imageStore=direct:store&batchMaxAge=1&exceptionHandler=#told", exchange -> {});

        awaitDelivered("b");
        assertThat(came).containsExactly("k1");
        assertThat(failed).hasSize(4).containsOnly("k1");
    }

    @Test
    void aCallForWhichThePollStrategyWantsNoPollEndsAllTheSame() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        routes.context().getRegistry().bind("never", new DefaultPollingConsumerPollStrategy() {
            @Override
            public boolean begin(Consumer consumer, Endpoint endpoint) {
                begun.incrementAndGet();
                return false;
            }
        });
        route("&delay=1h&pollStrategy=#never", exchange -> {});
        await().until(() -> begun.get() == 1);

        consumer().wake();
        await().until(() -> begun.get() >= 2);
        consumer().wake();
        await().until(() -> begun.get() >= 3);

        assertThat(begun).hasValue(3);
    }

    private record Failures(List<String> keys) implements org.apache.camel.spi.ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            keys.add(exception.toString());
        }

        @Override
        public void handleException(String message, Throwable exception) {
            keys.add(exception.toString());
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            keys.add(key(exchange));
        }
    }
}
