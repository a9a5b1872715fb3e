package io.github.camelgemini.image.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are made of a queue, which is one of this JVM, on a timer that does not wait. */
@Timeout(60)
class PolledBackendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue queue = new Queue();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final PayloadStore store = new PayloadStore(null, 1 << 20);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            waits.add(Duration.of(delay, unit.toChronoUnit()));
            return super.schedule(step, 0, unit);
        }
    };

    @AfterEach
    void stop() throws IOException {
        workers.shutdownNow();
        timer.shutdownNow();
        store.close();
    }

    private CompletableFuture<ImageResult> generate() {
        ServiceMeans means = new ServiceMeans(
                new DefaultCamelContext(),
                ModelCatalog.standard(),
                store,
                workers,
                timer,
                (uri, by) -> new CompletableFuture<>(),
                null);
        return new PolledBackend(queue, means)
                .generate(ImageRequest.builder()
                        .set(Parameter.MODEL, "sketch-1")
                        .set(Parameter.PROMPT, "a cat")
                        .build());
    }

    private static ServiceUnavailableException unavailable(int status, Duration delay) {
        return new ServiceUnavailableException("no", delay, new ProviderError(status, null, null, "sketch-1"), null);
    }

    /** A queue with one job, of which each call is answered as a test wants it. */
    private static final class Queue implements QueueService, ImageBatches, JobDraft {

        private final CompletableFuture<Job> submission = new CompletableFuture<>();
        private final CountDownLatch mayBeSubmitted = new CountDownLatch(1);
        private final List<CompletableFuture<Optional<Job>>> found = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<Job>> retrieved = new CopyOnWriteArrayList<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();

        private static Job job(JobState state) {
            return Job.of("1", null, state);
        }

        private <T> CompletableFuture<T> next(String call, List<CompletableFuture<T>> answers, T usually) {
            calls.add(call);
            return answers.isEmpty() ? CompletableFuture.completedFuture(usually) : answers.remove(0);
        }

        @Override
        public ServiceTraits traits() {
            return new ServiceTraits(
                    "sketch",
                    "sketch",
                    "Sketch Service",
                    "sketch",
                    "https://sketch.example",
                    List.of(),
                    Set.of(),
                    Set.of(),
                    new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), 1),
                    Set.of(ServiceTraits.Ability.GENERATE),
                    null);
        }

        @Override
        public void check(ImageRequest request) {}

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public ImageBatches batches() {
            return this;
        }

        @Override
        public CompletableFuture<Void> watch(String id, ProgressListener progress) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}

        @Override
        public JobDraft draft() {
            return this;
        }

        @Override
        public boolean add(String key, ImageRequest request) {
            return true;
        }

        @Override
        public String fingerprint() {
            return "cat";
        }

        @Override
        public CompletableFuture<Job> submit(String name, URI webhook) {
            calls.add("submit");
            try {
                mayBeSubmitted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return submission;
        }

        @Override
        public CompletableFuture<Optional<Job>> find(Mark mark) {
            return next("find", found, Optional.empty());
        }

        @Override
        public CompletableFuture<Job> retrieve(String id) {
            return next("retrieve", retrieved, job(JobState.SUCCEEDED));
        }

        @Override
        public CompletableFuture<JobPage> list(String cursor, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Job> cancel(String id) {
            return next("cancel", List.of(), job(JobState.CANCELLED));
        }

        @Override
        public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
            ImageResult result =
                    new ImageResult(List.of(), null, List.of(), "sketch-1", id, null, null, Usage.NONE, null, null, 1);
            return CompletableFuture.completedFuture(
                    new OneResult(CompletableFuture.completedFuture(new JobResult(null, result, null))));
        }
    }

    private CompletableFuture<ImageResult> lost(int status) {
        queue.mayBeSubmitted.countDown();
        queue.submission.completeExceptionally(unavailable(status, Duration.ZERO));
        return generate();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 500, 502, 503, 504})
    void jobThatIsListedLateIsFoundWhateverItsSubmissionWasAnswered(int status) {
        queue.found.add(CompletableFuture.completedFuture(Optional.empty()));
        queue.found.add(CompletableFuture.completedFuture(Optional.of(Queue.job(JobState.SUCCEEDED))));

        assertThat(lost(status)).succeedsWithin(PATIENCE);
        assertThat(queue.calls).containsExactly("submit", "find", "find");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 504})
    void jobThatIsMadeHalfAMinuteAfterItsSubmissionWasCutOffIsFound(int status) {
        for (int i = 0; i < 4; i++) {
            queue.found.add(CompletableFuture.completedFuture(Optional.empty()));
        }
        queue.found.add(CompletableFuture.completedFuture(Optional.of(Queue.job(JobState.SUCCEEDED))));

        assertThat(lost(status)).succeedsWithin(PATIENCE);
        assertThat(queue.calls).containsExactly("submit", "find", "find", "find", "find", "find");
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus)).isGreaterThanOrEqualTo(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"a name of ours, true", ", false"})
    void lostJobIsLookedForWhenNobodyWaitsAnyMore(String name, boolean cancelled) {
        CountDownLatch pause = new CountDownLatch(1);
        timer.execute(() -> awaitUninterruptibly(pause));
        queue.found.add(CompletableFuture.completedFuture(Optional.empty()));
        queue.found.add(CompletableFuture.completedFuture(Optional.of(Job.of("j1", name, JobState.RUNNING))));
        List<String> told = new CopyOnWriteArrayList<>();
        AbstractAppender log = appendTo(told);
        try {
            CompletableFuture<ImageResult> call = lost(0);
            await().until(() -> !waits.isEmpty());

            call.cancel(true);
            pause.countDown();

            await().until(() -> cancelled
                    ? queue.calls.contains("cancel")
                    : told.stream().anyMatch(line -> line.contains("batchId=j1")));
            assertThat(queue.calls.contains("cancel")).isEqualTo(cancelled);
        } finally {
            log.stop();
            ((LoggerContext) LogManager.getContext(false)).getRootLogger().removeAppender(log);
        }
    }

    private static AbstractAppender appendTo(List<String> lines) {
        AbstractAppender appender = new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        ((LoggerContext) LogManager.getContext(false)).getRootLogger().addAppender(appender);
        Configurator.setLevel(PolledCall.class, Level.INFO);
        return appender;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void jobThatMayBeOfSomebodyElseIsNotCancelled() {
        queue.found.add(CompletableFuture.completedFuture(Optional.of(Queue.job(JobState.RUNNING))));
        queue.retrieved.add(new CompletableFuture<>());
        CompletableFuture<ImageResult> call = lost(0);
        await().until(() -> queue.calls.contains("retrieve"));

        call.cancel(true);

        assertThat(queue.calls).containsExactly("submit", "find", "retrieve");
    }

    @Test
    void submissionIsCutOffWhenTheCallIsGivenUpWhileItBegins() {
        CompletableFuture<ImageResult> call = generate();
        await().until(() -> queue.calls.contains("submit"));

        call.cancel(true);
        queue.mayBeSubmitted.countDown();

        await().untilAsserted(() -> assertThat(queue.submission).isCancelled());
    }

    @Test
    void paidPictureIsAskedForHoweverLongTheServiceAsksNotToBe() {
        queue.mayBeSubmitted.countDown();
        queue.submission.complete(Queue.job(JobState.RUNNING));
        queue.retrieved.add(CompletableFuture.failedFuture(unavailable(503, Duration.ofDays(1))));

        assertThat(generate()).succeedsWithin(PATIENCE);
        assertThat(waits).contains(Duration.ofMinutes(1)).allMatch(wait -> wait.compareTo(Duration.ofMinutes(1)) <= 0);
    }
}
