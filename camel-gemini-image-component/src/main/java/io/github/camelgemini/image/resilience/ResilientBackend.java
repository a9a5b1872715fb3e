package io.github.camelgemini.image.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Surface;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries, a limit of calls in flight, and a limit of time around any backend. Nothing blocks: waits are scheduled, and
 * futures complete on worker threads.
 *
 * <p>What is retried is a {@link RetryableError}. The wait is random below a bound that doubles with each attempt (full
 * jitter), and no shorter than the server asked for; one that would end after the time limit fails at once.
 */
public final class ResilientBackend implements ImageBackend {

    private static final Logger LOG = LoggerFactory.getLogger(ResilientBackend.class);

    private final ImageBackend backend;
    private final ResilienceSettings settings;
    private final CallLimit inFlight;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final Set<Attempts<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean retired;

    /**
     * @param timer where waits are kept; needs one thread, and no limit of its queue
     * @param workers where calls begin after their wait, and where failures are told
     */
    public ResilientBackend(
            ImageBackend backend,
            ResilienceSettings settings,
            ScheduledExecutorService timer,
            ExecutorService workers) {
        this.backend = backend;
        this.settings = settings;
        this.timer = timer;
        this.workers = workers;
        this.inFlight = new CallLimit(settings.maxConcurrentRequests());
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
        Kind<ImageResult> kind =
                new Kind<>(() -> backend.generate(request), ImageResult::withAttempts, ImageResult::release);
        return new Attempts<>(kind, request.model(), request.get(Parameter.MAX_RETRIES)).start();
    }

    @Override
    public CompletableFuture<Usage> countTokens(ImageRequest request) {
        Kind<Usage> kind = new Kind<>(() -> backend.countTokens(request), (usage, attempts) -> usage, usage -> {});
        return new Attempts<>(kind, request.model(), request.get(Parameter.MAX_RETRIES)).start();
    }

    @Override
    public CompletableFuture<List<JsonNode>> models(String id) {
        Kind<List<JsonNode>> kind = new Kind<>(() -> backend.models(id), (models, attempts) -> models, models -> {});
        return new Attempts<>(kind, id, Optional.empty()).start();
    }

    /**
     * A kind of call.
     *
     * @param begin makes one
     * @param counted notes in the answer how many it took
     * @param discard lets go of an answer that came too late
     */
    private record Kind<T>(
            Supplier<CompletableFuture<T>> begin, BiFunction<T, Integer, T> counted, Consumer<T> discard) {}

    /** Closes the backend as soon as nothing is under way; for when nobody asks any more. */
    public void retire() {
        retired = true;
        closeIfRetired();
    }

    private void closeIfRetired() {
        if (retired && underWay.isEmpty()) {
            backend.close();
        }
    }

    /** Fails what is under way, and closes the backend. */
    @Override
    public void close() {
        List.copyOf(underWay).forEach(Attempts::stopped);
        backend.close();
    }

    /** One request with all its calls. */
    private final class Attempts<T> {

        private final Kind<T> kind;
        private final String model;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final long deadline =
                System.nanoTime() + settings.requestTimeout().toNanos();
        private final int maxRetries;

        private final AtomicInteger made = new AtomicInteger();
        private volatile CallLimit.Turn turn;
        private volatile CompletableFuture<T> call;
        private volatile Future<?> wait;

        /** @param model that is asked, or about; null for all */
        Attempts(Kind<T> kind, String model, Optional<Integer> maxRetries) {
            this.kind = kind;
            this.model = model;
            this.maxRetries = maxRetries.orElse(settings.maxRetries());
        }

        /** 1. Start the clock, and queue for the first call. */
        CompletableFuture<T> start() {
            underWay.add(this);
            Future<?> limit = timer.schedule(
                    () -> onWorker(this::timedOut), settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
            result.whenComplete((answer, failure) -> {
                limit.cancel(false);
                letGo();
                underWay.remove(this);
                closeIfRetired();
            });
            queue();
            return result;
        }

        /** 2. Wait for a place among the calls in flight. */
        private void queue() {
            turn = inFlight.turn(() -> onWorker(this::call));
            turn.queue();
            if (result.isDone()) {
                letGo();
            }
        }

        /** 3. Call. */
        private void call() {
            if (result.isDone()) {
                return;
            }
            made.incrementAndGet();
            CompletableFuture<T> started;
            try {
                started = kind.begin().get();
            } catch (RuntimeException e) {
                started = CompletableFuture.failedFuture(e);
            }
            call = started;
            started.whenComplete((answer, failure) -> {
                turn.end();
                if (failure == null) {
                    succeeded(answer);
                } else {
                    failed(cause(failure));
                }
            });
            if (result.isDone()) {
                letGo();
            }
        }

        private void succeeded(T answer) {
            if (!result.complete(kind.counted().apply(answer, made.get()))) {
                // Too late: nobody will take the pictures.
                kind.discard().accept(answer);
            }
        }

        /** 4. Try again after a wait, or give up. */
        private void failed(Throwable failure) {
            if (result.isDone()) {
                return;
            }
            Duration pause = pause(failure);
            boolean again = failure instanceof RetryableError
                    && made.get() <= maxRetries
                    && pause.toNanos() <= deadline - System.nanoTime();
            if (!again) {
                giveUp(explain(failure));
                return;
            }
            LOG.info(
                    "Call {} of {} failed, the next follows in {} ms: {}",
                    made.get(),
                    asked(),
                    pause.toMillis(),
                    failure.getMessage());
            wait = timer.schedule(this::queue, pause.toNanos(), TimeUnit.NANOSECONDS);
            if (result.isDone()) {
                letGo();
            }
        }

        private Duration pause(Throwable failure) {
            long bound = Math.min(
                    settings.maxDelay().toMillis(),
                    settings.initialDelay().toMillis() << Math.min(Math.max(made.get() - 1, 0), 20));
            Duration own = Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
            Duration asked = failure instanceof RetryableError retryable ? retryable.getRetryDelay() : Duration.ZERO;
            return asked.compareTo(own) > 0 ? asked : own;
        }

        private GeminiImageException explain(Throwable failure) {
            return failure instanceof GeminiImageException known
                    ? known
                    : new GeminiImageException(
                            "The call of " + asked() + " failed: " + failure, ProviderError.ofModel(model), failure);
        }

        private void timedOut() {
            String waited = made.get() > 0
                    ? ""
                    : "; all that time " + settings.maxConcurrentRequests()
                            + " other calls were in flight (maxConcurrentRequests)";
            giveUp(new RequestTimeoutException(
                    "No answer of " + asked() + " within requestTimeout="
                            + settings.requestTimeout().toMillis() + " ms" + waited,
                    ProviderError.ofModel(model),
                    null));
        }

        void stopped() {
            giveUp(new ServiceUnavailableException(
                    "The component was stopped before " + asked() + " had answered",
                    Duration.ZERO,
                    ProviderError.ofModel(model),
                    null));
        }

        private void giveUp(GeminiImageException failure) {
            failure.setAttempts(made.get());
            result.completeExceptionally(failure);
        }

        /** Ends whatever is still going on, once there is a result. */
        private void letGo() {
            if (wait != null) {
                wait.cancel(false);
            }
            if (call != null) {
                call.cancel(true);
            }
            if (turn != null) {
                turn.end();
            }
        }

        private String asked() {
            return model == null ? "the list of models" : "model " + model;
        }

        private void onWorker(Runnable step) {
            try {
                workers.execute(step);
            } catch (RejectedExecutionException e) {
                // Only after the pool was shut down.
                stopped();
            }
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
