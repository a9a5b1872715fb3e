package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchPart;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.BatchSubmission;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.secret.Secrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How results of batches come into routes, whatever service draws. */
@Timeout(120)
class BatchResultsTest {

    private static final String FROM =
            "gemini-image:batchResults?service=#painter&initialDelay=0&delay=10&idempotentRepository=#delivered";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final DrawnJobs jobs = new DrawnJobs(100);
    private final MemoryIdempotentRepository delivered = new MemoryIdempotentRepository();
    private final List<Exchange> came = new CopyOnWriteArrayList<>();

    @BeforeEach
    void bindThePainter() {
        delivered.setCacheSize(100_000);
        routes.context().getRegistry().bind("delivered", delivered);
        routes.context().getRegistry().bind("painter", new OwnService(new OwnBackend() {
            @Override
            public ImageBatches batches() {
                return jobs;
            }
        }));
    }

    private Batches batches() {
        BatchRepository repository = routes.component()
                .batchRepository(routes.context()
                        .getEndpoint("gemini-image:batchResults?service=#painter", GeminiImageEndpoint.class)
                        .getConfiguration());
        return new Batches(repository);
    }

    private Batch batch(String id) throws Exception {
        return batches().find(id).orElseThrow();
    }

    private void submit(String id, int count) throws Exception {
        submit(id, count, false);
    }

    private void submit(String id, int count, boolean keepsRequests) throws Exception {
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
                            held, jobs, new BatchSubmission.Order("painter", null, null, keepsRequests, 0), () -> true)
                    .submit(requests.iterator());
        }
    }

    private void submitAndEnd(String id, int count) throws Exception {
        submit(id, count);
        jobs.end(JobState.SUCCEEDED);
    }

    private void route(String options, Processor processor) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from((options.contains("delay=") ? FROM.replace("&delay=10", "") : FROM) + options)
                        .routeId("results")
                        .process(processor);
            }
        });
    }

    private ScheduledPollConsumer consumer() {
        return (ScheduledPollConsumer) routes.context().getRoute("results").getConsumer();
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class);
    }

    private List<String> keys() {
        return came.stream().map(BatchResultsTest::key).toList();
    }

    private void awaitDelivered(String id) {
        await().until(() -> batch(id).isDelivered());
    }

    private static List<String> keys(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "k" + i).toList();
    }

    private static ImageBlockedException blocked() {
        return new ImageBlockedException("blocked", "IMAGE_SAFETY", "no", ProviderError.ofModel("m"));
    }

    @Test
    void eachPictureIsAnExchangeOfItsOwnInOrder() throws Exception {
        submitAndEnd("b", 5);

        route("", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(5));
        assertThat(came.get(0).getMessage().getBody()).isInstanceOf(GeneratedImage.class);
        assertThat(Pictures.describe(came.get(0).getMessage().getBody(byte[].class)))
                .isEqualTo("image/png 16x16");
        assertThat(came.get(0).getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_ID, "b")
                .containsEntry(GeminiImageHeaders.BATCH_JOB_ID, "jobs/1")
                .containsEntry(GeminiImageHeaders.BATCH_STATE, "SUCCEEDED")
                .containsEntry(GeminiImageHeaders.RESPONSE_MODEL, "gemini-3.1-flash-image")
                .containsEntry(Exchange.CONTENT_TYPE, "image/png")
                .containsEntry(GeminiImageHeaders.ESTIMATED_COST, 1.0);
        assertThat(batch("b").succeeded()).isEqualTo(5);
    }

    @Test
    void whatIsNotDoneIsWaitedFor() throws Exception {
        submit("b", 2);
        route("", came::add);
        await().until(() -> batches().part("b", 1).orElseThrow().state() == JobState.PENDING);
        assertThat(came).isEmpty();

        jobs.end(JobState.SUCCEEDED);

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k2");
    }

    @Test
    void severalJobsAreOneBatch() throws Exception {
        submitAndEnd("b", 250);

        route("", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(250));
        assertThat(jobs.downloads).hasValue(3);
    }

    @Test
    void aBlockedPictureIsAnExchangeWithItsException() throws Exception {
        jobs.failures.put("k2", blocked());
        submitAndEnd("b", 3);
        List<Exchange> refused = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
                onException(ImageBlockedException.class).handled(true).process(refused::add);
                from(FROM).process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(keys()).containsExactly("k1", "k3");
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(jobs.failures.get("k2"));
        assertThat(refused.get(0).getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_ID, "b")
                .containsEntry(GeminiImageHeaders.BATCH_KEY, "k2")
                .containsEntry(GeminiImageHeaders.FINISH_REASON, "IMAGE_SAFETY");
        assertThat(batch("b").failed()).isEqualTo(1);
        assertThat(batch("b").succeeded()).isEqualTo(2);
    }

    @Test
    void aDeadLetterChannelTakesWhatIsNotDrawn() throws Exception {
        jobs.failures.put("k2", blocked());
        submitAndEnd("b", 3);
        List<String> dead = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from("direct:dead").errorHandler(noErrorHandler()).process(exchange -> dead.add(key(exchange)));
                from(FROM).process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(dead).containsExactly("k2");
        assertThat(keys()).containsExactly("k1", "k3");
    }

    @Test
    void aFailureThatNobodyHandlesIsToldOnce() throws Exception {
        jobs.failures.put("k2", blocked());
        submitAndEnd("b", 3);
        List<Throwable> told = new CopyOnWriteArrayList<>();
        routes.context().getRegistry().bind("told", new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                told.add(exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                told.add(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                told.add(exception);
            }
        });

        route("&exceptionHandler=#told", came::add);

        awaitDelivered("b");
        assertThat(told).containsExactly(jobs.failures.get("k2"));
        assertThat(keys()).containsExactly("k1", "k3");
    }

    @Test
    void blockedPicturesAreMessagesWithoutPictureWhereTheRouteAsksForThat() throws Exception {
        jobs.failures.put("k1", blocked());
        submitAndEnd("b", 1);

        route("&failOnBlocked=false", came::add);

        awaitDelivered("b");
        assertThat(came).hasSize(1);
        assertThat(came.get(0).getMessage().getBody()).isNull();
        assertThat(came.get(0).getMessage().getHeaders())
                .containsEntry(GeminiImageHeaders.BATCH_KEY, "k1")
                .containsEntry(GeminiImageHeaders.FINISH_REASON, "IMAGE_SAFETY")
                .containsEntry(GeminiImageHeaders.IMAGE_COUNT, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"SUCCEEDED", "EXPIRED", "CANCELLED", "FAILED"})
    void aRequestWithoutResultIsAnExchangeWithAnException(JobState end) throws Exception {
        jobs.missing.addAll(List.of("k1", "k3"));
        submit("b", 3);
        jobs.end(end);
        Map<String, NotDrawnException> lost = new ConcurrentHashMap<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotDrawnException.class)
                        .handled(true)
                        .process(exchange -> lost.put(
                                key(exchange),
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, NotDrawnException.class)));
                from(FROM).process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(keys()).containsExactly("k2");
        assertThat(lost).containsOnlyKeys("k1", "k3");
        assertThat(lost.get("k1").getReason().name()).isEqualTo(end == JobState.SUCCEEDED ? "MISSING" : end.name());
        assertThat(lost.get("k1")).hasMessageContaining("Request 'k1' of batch 'b' has no image: job jobs/1");
        assertThat(lost.get("k1").getModel()).isEqualTo("gemini-3.1-flash-image");
    }

    @Test
    void whatTheRouteDidNotTakeComesAgainAndNothingElseDoes() throws Exception {
        submitAndEnd("b", 3);
        AtomicInteger tries = new AtomicInteger();

        route("", exchange -> {
            if ("k2".equals(key(exchange)) && tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the database is down");
            }
            came.add(exchange);
        });

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k3", "k2");
        assertThat(tries).hasValue(3);
        assertThat(jobs.downloads).hasValue(3);
        assertThat(batch("b").succeeded()).isEqualTo(3);
    }

    @Test
    void whatWasDeliveredBeforeARestartDoesNotComeAgain() throws Exception {
        submitAndEnd("b", 3);
        delivered.start();
        delivered.add("b/k1");
        delivered.add("b/k3");

        route("", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k2");
        assertThat(batch("b").succeeded()).isEqualTo(3);
    }

    @Test
    void aDownloadThatBreaksIsGoneOnWith() throws Exception {
        submitAndEnd("b", 5);
        jobs.breaksAfter.set(3);

        route("", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(5));
        assertThat(jobs.downloads).hasValue(2);
    }

    @Test
    void theNextLineIsReadWhenTheRouteHasRoom() throws Exception {
        submitAndEnd("b", 50);
        CountDownLatch goOn = new CountDownLatch(1);

        route("", exchange -> {
            came.add(exchange);
            goOn.await();
        });

        await().until(() -> came.size() == 1);
        assertThat(jobs.lines).hasValue(1);
        goOn.countDown();
        awaitDelivered("b");
        assertThat(came).hasSize(50);
    }

    @Test
    void severalAreInTheRouteAtOnce() throws Exception {
        submitAndEnd("b", 50);
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        route("&concurrentConsumers=3", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            three.await();
            came.add(exchange);
            now.decrementAndGet();
        });

        awaitDelivered("b");
        assertThat(most).hasValue(3);
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(keys(50));
    }

    @Test
    void aPollBringsNoMoreThanItMay() throws Exception {
        submitAndEnd("b", 7);
        List<Integer> polled = new CopyOnWriteArrayList<>();
        routes.context().getRegistry().bind("strategy", new DefaultPollingConsumerPollStrategy() {
            @Override
            public void commit(Consumer consumer, Endpoint from, int count) {
                polled.add(count);
            }
        });

        route("&maxMessagesPerPoll=3&pollStrategy=#strategy", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(7));
        assertThat(polled).startsWith(3, 3);
        assertThat(jobs.downloads).hasValue(1);
    }

    @Test
    void aStopWaitsForWhatIsUnderWayAndReadsNoMore() throws Exception {
        submitAndEnd("b", 50);
        CountDownLatch stopping = new CountDownLatch(1);
        route("", exchange -> {
            if (came.isEmpty()) {
                stopping.countDown();
                await().until(() -> consumer().isSuspendingOrSuspended());
            }
            came.add(exchange);
        });
        assertThat(stopping.await(60, TimeUnit.SECONDS)).isTrue();

        routes.context().getRouteController().stopRoute("results");

        assertThat(keys()).containsExactly("k1");
        assertThat(delivered.contains("b/k1")).isTrue();
        assertThat(jobs.lines).hasValue(1);
        routes.context().getRouteController().startRoute("results");
        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(50));
    }

    @Test
    void aStopEndsADownloadThatStalls() throws Exception {
        submitAndEnd("b", 3);
        jobs.stalls.set(true);
        route("", came::add);
        await().until(() -> jobs.downloads.get() == 1);

        routes.context().getRouteController().stopRoute("results", 60, TimeUnit.SECONDS);

        jobs.stalls.set(false);
        routes.context().getRouteController().startRoute("results");
        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k2", "k3");
    }

    @Test
    void aPictureStaysReadableAfterItsExchange() throws Exception {
        submitAndEnd("b", 1);
        List<Object> bodies = new CopyOnWriteArrayList<>();

        route("", exchange -> bodies.add(exchange.getMessage().getBody()));

        awaitDelivered("b");
        assertThat(Pictures.describe(routes.context().getTypeConverter().convertTo(byte[].class, bodies.get(0))))
                .isEqualTo("image/png 16x16");
    }

    @Test
    void onlyTheBatchesOfTheOptionAreBrought() throws Exception {
        submit("a", 1);
        submit("b", 2);
        submitAndEnd("c", 1);

        route("&batchId=b,c", came::add);

        awaitDelivered("b");
        awaitDelivered("c");
        assertThat(came.stream()
                        .map(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_ID))
                        .toList())
                .containsExactly("b", "b", "c");
        assertThat(batch("a").isDelivered()).isFalse();
    }

    @Test
    void jobsOfOthersAreAdoptedWhereTheRouteAsksForThat() throws Exception {
        submit("mine", 1);
        jobs.made.put("other", new ArrayList<>(List.of("x", "y")));
        jobs.jobs.put("jobs/77", Job.of("jobs/77", "other", JobState.SUCCEEDED));
        jobs.end(JobState.SUCCEEDED);

        route("&adoptBatches=true", came::add);

        awaitDelivered("mine");
        awaitDelivered("job-jobs-77");
        assertThat(keys()).containsExactlyInAnyOrder("k1", "x", "y");
        assertThat(came.stream()
                        .map(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_ID))
                        .toList())
                .containsExactlyInAnyOrder("mine", "jobs/77", "jobs/77");
    }

    @Test
    void aJobOfOthersIsBroughtByItsId() throws Exception {
        jobs.made.put("other", new ArrayList<>(List.of("x", "y")));
        jobs.jobs.put("jobs/77", Job.of("jobs/77", "other", JobState.SUCCEEDED));

        route("&batchId=jobs/77", came::add);

        awaitDelivered("job-jobs-77");
        assertThat(keys()).containsExactly("x", "y");
    }

    @Test
    void aSubmissionWhoseAnswerWasLostIsFound() throws Exception {
        submit("b", 2);
        try (Batches.Held held = batches().hold("b").orElseThrow()) {
            BatchPart part = held.part(1).orElseThrow();
            held.save(new BatchPart(
                    1,
                    part.name(),
                    part.digest(),
                    part.fingerprint(),
                    part.since(),
                    null,
                    null,
                    part.requests(),
                    part.pages(),
                    false,
                    false));
        }
        jobs.end(JobState.SUCCEEDED);

        route("", came::add);

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k2");
    }

    @Test
    void anExceptionOfTheServiceIsNoEndOfTheBatch() throws Exception {
        submitAndEnd("b", 2);
        List<Job> gone = new ArrayList<>(jobs.jobs.values());
        jobs.jobs.clear();
        route("", came::add);
        await().until(() -> consumer().getErrorCounter() > 0);

        gone.forEach(job -> jobs.jobs.put(job.id(), job));

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k2");
    }

    @Test
    void aJobThatTheServiceLostIsToldWhenTheBatchIsOld() throws Exception {
        submitAndEnd("b", 2);
        jobs.jobs.clear();
        List<GeminiImageException> lost = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotDrawnException.class)
                        .handled(true)
                        .process(exchange ->
                                lost.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, NotDrawnException.class)));
                from(FROM + "&batchMaxAge=1").process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(lost).hasSize(2);
        assertThat(lost.get(0)).hasMessageContaining("the service no longer knows it");
    }

    @Test
    void aCallOfTheServiceHasItLookAtOnce() throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("localhost");
        configuration.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        routes.context().addService(server);
        String path = "/hooks/9f86d081884c7d659a2feaa0c55ad015";
        submit("b", 2);
        route("&delay=1h&webhookPath=" + path, came::add);
        await().until(() -> batches().part("b", 1).orElseThrow().state() == JobState.PENDING
                && !consumer().isPolling()
                && consumer().isFirstPollDone());
        jobs.end(JobState.SUCCEEDED);

        HttpRequest call = HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        int status = HttpClient.newHttpClient()
                .send(call, HttpResponse.BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(200);
        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k2");
    }

    @Test
    void healthAndMetersTellOfBatchesThatTakeLong() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        routes.context().getRegistry().bind("metricsRegistry", meters);
        submit("b", 2);

        route("&batchMaxAge=1", came::add);

        await().until(() ->
                meters.get("camel.gemini.image.batches.overdue").gauge().value() == 1);
        assertThat(meters.get("camel.gemini.image.batches.open")
                        .tag("routeId", "results")
                        .gauge()
                        .value())
                .isEqualTo(1);
        HealthCheck.Result health = ((HealthCheckAware)
                        routes.context().getRoute("results").getConsumer())
                .getHealthCheck()
                .call();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getDetails()).containsEntry("batches.open", 1).containsEntry("batches.overdue", 1);
        jobs.end(JobState.SUCCEEDED);
        awaitDelivered("b");
        await().until(() ->
                meters.get("camel.gemini.image.batches.open").gauge().value() == 0);
    }

    @Test
    void whatAResultCostIsCountedOnce() throws Exception {
        submitAndEnd("b", 3);
        AtomicInteger tries = new AtomicInteger();

        route("", exchange -> {
            if (tries.incrementAndGet() == 2) {
                throw new IllegalStateException("the database is down");
            }
        });

        awaitDelivered("b");
        assertThat(routes.component().getEstimatedCost()).isEqualTo(3);
        assertThat(routes.component().getPictures()).isEqualTo(3);
    }

    @Test
    void aJobThatFailsDoesNotKeepOthersFromBeingBrought() throws Exception {
        submitAndEnd("b", 250);
        Job first = jobs.jobs.remove("jobs/1");
        route("", came::add);
        await().until(() -> came.size() == 150);

        jobs.jobs.put("jobs/1", first);

        awaitDelivered("b");
        assertThat(keys()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void aFailureOfTheConnectionIsNoneOfTheResult() throws Exception {
        GeminiImageException reset = new ServiceUnavailableException(
                "the picture could not be fetched", null, ProviderError.NONE, new IOException("reset"));
        jobs.failures.put("k2", reset);
        submitAndEnd("b", 3);
        route("", came::add);
        await().until(() -> jobs.downloads.get() > 1);
        assertThat(keys()).containsExactly("k1", "k3");

        jobs.failures.clear();

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k3", "k2");
    }

    @Test
    void whatIsMissingIsAskedForAgainOnce() throws Exception {
        jobs.missing.addAll(List.of("k1", "k3"));
        submit("b", 3, true);
        jobs.end(JobState.SUCCEEDED);
        List<String> lost = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotDrawnException.class).handled(true).process(exchange -> lost.add(key(exchange)));
                from(FROM + "&resubmit=expired,missing").process(came::add);
            }
        });
        await().until(() -> jobs.made.containsKey("b.0002"));
        assertThat(jobs.made.get("b.0002")).containsExactly("k1", "k3");
        jobs.missing.remove("k3");

        jobs.end(JobState.SUCCEEDED);

        awaitDelivered("b");
        assertThat(keys()).containsExactly("k2", "k3");
        assertThat(lost).containsExactly("k1");
        assertThat(jobs.submissions).isEqualTo(2);
        assertThat(batch("b")).satisfies(batch -> {
            assertThat(batch.requests()).isEqualTo(3);
            assertThat(batch.succeeded()).isEqualTo(2);
            assertThat(batch.failed()).isEqualTo(1);
            assertThat(batch.resubmits()).isEqualTo(1);
        });
    }

    @Test
    void aResubmissionWhoseAnswerWasLostIsFound() throws Exception {
        jobs.missing.add("k2");
        submit("b", 3, true);
        jobs.end(JobState.SUCCEEDED);
        jobs.next(true, new ServiceUnavailableException("the connection was reset", null, ProviderError.NONE, null));

        route("&resubmit=missing", came::add);

        await().until(() -> jobs.made.containsKey("b.0002"));
        jobs.missing.clear();
        jobs.end(JobState.SUCCEEDED);
        awaitDelivered("b");
        assertThat(keys()).containsExactly("k1", "k3", "k2");
        assertThat(jobs.submissions).isEqualTo(2);
    }

    @Test
    void aResubmissionThatIsRefusedIsTold() throws Exception {
        jobs.missing.add("k2");
        submit("b", 3, true);
        jobs.end(JobState.SUCCEEDED);
        jobs.next(false, new InvalidRequestException("no such model"));
        List<String> lost = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotDrawnException.class)
                        .handled(true)
                        .process(exchange ->
                                lost.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, NotDrawnException.class)
                                        .getMessage()));
                from(FROM + "&resubmit=missing").process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(lost).hasSize(1);
        assertThat(lost.get(0)).contains("no such model");
    }

    @Test
    void whatWasAskedForAgainIsToldWhenNothingIsAskedForAgainAnyMore() throws Exception {
        jobs.missing.add("k2");
        submit("b", 3, true);
        jobs.end(JobState.SUCCEEDED);
        jobs.next(false, new AuthenticationException("no such key", ProviderError.NONE, null));
        route("&resubmit=missing", came::add);
        await().until(() -> batch("b").resubmits() == 1 && jobs.submissions == 2);
        routes.context().getRouteController().stopRoute("results");
        assertThat(routes.context().removeRoute("results")).isTrue();
        List<String> lost = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(NotDrawnException.class).handled(true).process(exchange -> lost.add(key(exchange)));
                from(FROM).process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(lost).containsExactly("k2");
        assertThat(jobs.submissions).isEqualTo(2);
    }

    @Test
    void whatACancelledSubmissionHasSentIsDelivered() throws Exception {
        jobs.onSubmission = () -> {
            if (jobs.submissions == 2) {
                routes.send("gemini-image:batchCancel?service=#painter&model=m", "b");
            }
        };
        assertThatThrownBy(() -> submit("b", 300)).hasMessageContaining("was cancelled");
        jobs.end(JobState.SUCCEEDED);

        route("", came::add);

        awaitDelivered("b");
        assertThat(came).hasSize(200);
        assertThat(routes.send(
                                "gemini-image:batch?service=#painter&model=m",
                                "a cat",
                                Map.of(GeminiImageHeaders.BATCH_ID, "b"))
                        .getException())
                .hasMessageContaining("Batch 'b' was cancelled before all of it was submitted");
        assertThat(jobs.submissions).isEqualTo(2);
    }

    @Test
    void aReasonThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> route("&resubmit=blocked", came::add))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("option resubmit 'blocked' must be expired, missing, or both");
    }

    @Test
    void theKameletBringsPictures() throws Exception {
        jobs.failures.put("k2", blocked());
        submitAndEnd("b", 3);
        GeminiImageConfiguration options = routes.component().getConfiguration();
        options.setIdempotentRepository(delivered);
        options.setService("#painter");
        options.setBaseUrl(null);
        options.setApiKey(null);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:gemini-image-batch-results-source?delay=10").process(came::add);
            }
        });

        awaitDelivered("b");

        assertThat(keys()).containsExactly("k1", "k3");
        assertThat(batch("b").failed()).isEqualTo(1);
    }

    @Test
    void aServiceWithoutBatchesIsRefusedAtTheStart() {
        assertThatThrownBy(() -> routes.add(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("gemini-image:batchResults?service=anyfast&apiKey=k")
                                .process(came::add);
                    }
                }))
                .hasStackTraceContaining("gemini-image:batchResults")
                .hasStackTraceContaining("services that support it: google");
    }

    @Test
    void aRouteThatWasSuspendedGoesOn() throws Exception {
        submitAndEnd("b", 30);
        route("&maxMessagesPerPoll=1", came::add);
        await().until(() -> came.size() >= 3);

        routes.context().getRouteController().suspendRoute("results");
        assertThat(came.size()).isLessThan(30);
        routes.context().getRouteController().resumeRoute("results");

        awaitDelivered("b");
        assertThat(keys()).containsExactlyElementsOf(keys(30));
        assertThat(consumer().getErrorCounter()).isZero();
    }

    @Test
    void twoRoutesShareBatches() throws Exception {
        for (int i = 1; i <= 10; i++) {
            submit("b" + i, 5);
        }
        jobs.end(JobState.SUCCEEDED);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from(FROM + "&maxMessagesPerPoll=2").process(came::add);
                from(FROM + "&maxMessagesPerPoll=3").process(came::add);
            }
        });

        for (int i = 1; i <= 10; i++) {
            awaitDelivered("b" + i);
        }
        assertThat(came).hasSize(50);
    }

    @Test
    void keysOfOthersAreToldInOneLineAndWithoutCredentials() throws Exception {
        try (Secrets.Held held = Secrets.hold(Map.of(), "AIzaKeyOfSomebody4711")) {
            jobs.made.put("other", new ArrayList<>(List.of("x\ny", "AIzaKeyOfSomebody4711", "k".repeat(300))));
            jobs.jobs.put("jobs/77", Job.of("jobs/77", "other", JobState.SUCCEEDED));

            route("&batchId=jobs/77", came::add);

            awaitDelivered("job-jobs-77");
            assertThat(keys()).containsExactly("x\\ny#1", "***#2", "k".repeat(200) + "… (300 characters)#3");
        }
    }
}
