package io.github.camelgemini.image.resilience;

import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Surface;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries, a limit of calls in flight, and a limit of time around any backend. Nothing blocks: waits are scheduled.
 *
 * <p>What is retried is a {@link RetryableError}. The wait is random below a bound that doubles with each attempt (full
 * jitter), and no shorter than the server asked for; one that would end after the time limit fails at once.
 */
public final class ResilientBackend implements ImageBackend {

    private static final Logger LOG = LoggerFactory.getLogger(ResilientBackend.class);

    private final ImageBackend backend;
    private final ResilienceSettings settings;
    private final Bulkhead<ImageResult> inFlight;
    private final ExecutorService workers;
    /** What is not answered yet, calls that wait their turn included. */
    private final Set<CompletableFuture<ImageResult>> open = ConcurrentHashMap.newKeySet();

    /** @param workers where calls begin, and where failures go on; answers go on where they came */
    public ResilientBackend(ImageBackend backend, ResilienceSettings settings, ExecutorService workers) {
        this.backend = backend;
        this.settings = settings;
        this.workers = workers;
        this.inFlight = Bulkhead.<ImageResult>builder(settings.maxConcurrentRequests())
                .withMaxWaitTime(settings.requestTimeout())
                .build();
    }

    @Override
    public Surface surface() {
        return backend.surface();
    }

    @Override
    public void check(ImageRequest request) {
        backend.check(request);
    }

    @Override
    public CompletableFuture<ImageResult> generate(ImageRequest request) {
        return new Attempts(request).start();
    }

    @Override
    public void close() {
        open.forEach(call -> call.cancel(true));
        backend.close();
    }

    /** One request with all its calls. */
    private final class Attempts {

        private final ImageRequest request;
        private final long deadline =
                System.nanoTime() + settings.requestTimeout().toNanos();
        private final int maxRetries;
        private final AtomicInteger made = new AtomicInteger();
        private volatile Duration wait = Duration.ZERO;
        private volatile CompletableFuture<ImageResult> latest = new CompletableFuture<>();

        Attempts(ImageRequest request) {
            this.request = request;
            this.maxRetries = request.get(Parameter.MAX_RETRIES).orElse(settings.maxRetries());
        }

        CompletableFuture<ImageResult> start() {
            CompletableFuture<ImageResult> calls = Failsafe.with(
                            Timeout.<ImageResult>of(settings.requestTimeout()), retryPolicy(), inFlight)
                    .with(workers)
                    .getStageAsync(this::call);
            open.add(calls);
            CompletableFuture<ImageResult> result = new CompletableFuture<>();
            calls.whenComplete((answer, failure) -> {
                open.remove(calls);
                if (failure == null) {
                    if (!result.complete(answer.withAttempts(made.get()))) {
                        answer.release();
                    }
                } else {
                    giveUp();
                    onWorker(() -> result.completeExceptionally(explain(cause(failure))));
                }
            });
            result.whenComplete((answer, failure) -> {
                if (result.isCancelled()) {
                    calls.cancel(true);
                }
            });
            return result;
        }

        private CompletionStage<ImageResult> call(ExecutionContext<ImageResult> execution) {
            made.incrementAndGet();
            CompletableFuture<ImageResult> call = backend.generate(request);
            latest = call;
            execution.onCancel(() -> call.cancel(true));
            if (execution.isCancelled()) {
                call.cancel(true);
            }
            return call;
        }

        /** Failsafe's timer brings some failures, and the rest of a route is not to run there. */
        private void onWorker(Runnable end) {
            try {
                workers.execute(end);
            } catch (RejectedExecutionException stopped) {
                end.run();
            }
        }

        /** Its answer may have come just when the time was over; nobody will take it any more. */
        private void giveUp() {
            latest.cancel(true);
            latest.thenAccept(ImageResult::release);
        }

        private RetryPolicy<ImageResult> retryPolicy() {
            return RetryPolicy.<ImageResult>builder()
                    .withMaxRetries(maxRetries)
                    .handleIf(failure -> cause(failure) instanceof RetryableError)
                    // Failsafe asks for the wait first, and then whether to give up.
                    .withDelayFn(
                            execution -> chooseWait(execution.getAttemptCount(), cause(execution.getLastException())))
                    .abortIf((answer, failure) -> failure != null && wait.toNanos() > deadline - System.nanoTime())
                    .onRetryScheduled(event -> LOG.info(
                            "Call {} of model {} failed, the next follows in {} ms: {}",
                            made.get(),
                            request.model(),
                            event.getDelay().toMillis(),
                            cause(event.getLastException()).getMessage()))
                    .build();
        }

        private Duration chooseWait(int attempt, Throwable failure) {
            long bound = Math.min(
                    settings.maxDelay().toMillis(), settings.initialDelay().toMillis() << Math.min(attempt - 1, 20));
            Duration own = Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
            Duration asked = failure instanceof RetryableError retryable ? retryable.getRetryDelay() : Duration.ZERO;
            wait = asked.compareTo(own) > 0 ? asked : own;
            return wait;
        }

        private GeminiImageException explain(Throwable failure) {
            GeminiImageException explained;
            if (failure instanceof GeminiImageException known) {
                explained = known;
            } else if (failure instanceof TimeoutExceededException || failure instanceof BulkheadFullException) {
                explained = new RequestTimeoutException(
                        "No picture of model " + request.model() + " within requestTimeout="
                                + settings.requestTimeout().toMillis() + " ms"
                                + (made.get() == 0
                                        ? "; all that time " + settings.maxConcurrentRequests()
                                                + " other calls were in flight (maxConcurrentRequests)"
                                        : ""),
                        ProviderError.ofModel(request.model()),
                        null);
            } else {
                explained = new ServiceUnavailableException(
                        "The call of model " + request.model()
                                + (failure instanceof CancellationException
                                        ? " was cancelled, since the component stops"
                                        : " failed: " + failure),
                        Duration.ZERO,
                        ProviderError.ofModel(request.model()),
                        failure);
            }
            explained.setAttempts(made.get());
            return explained;
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
