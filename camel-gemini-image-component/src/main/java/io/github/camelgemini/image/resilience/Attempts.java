package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request with all its calls: those that fail, the waits between them, and the one that is answered. */
final class Attempts<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /**
     * A kind of call.
     *
     * @param begin makes one, of a model
     * @param counted notes in the answer how many it took; throws when it is none
     * @param discard lets go of an answer that came too late
     */
    record Kind<T>(
            Function<String, CompletableFuture<T>> begin, BiFunction<T, Integer, T> counted, Consumer<T> discard) {}

    /**
     * What all attempts of a backend share.
     *
     * @param backend what failures call it
     * @param limits of everybody who shares the quota of the API
     * @param timer where waits are kept
     * @param workers where limits of time, and calls that fail before they begin, are told
     */
    record Means(
            String backend,
            ResilienceSettings settings,
            CallLimits limits,
            ScheduledExecutorService timer,
            ExecutorService workers) {}

    private final Means means;
    private final ResilienceSettings settings;
    private final Kind<T> kind;
    private final CallObserver.Operation told;
    private final Deque<String> fallbacks;
    /** Whoever cancels it goes on at once, so the call under way ends before that. */
    private final CompletableFuture<T> result = new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            if (tellEnd(null, new CancellationException())) {
                letGo();
            }
            return super.cancel(mayInterrupt);
        }
    };

    private final long deadline;
    private final int maxRetries;

    private final LoggingContext context = LoggingContext.current();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private volatile long queuedAt;
    private volatile int madeOfModel;
    private volatile String model;
    private volatile CallLimit limit;
    private volatile CallLimit.Turn turn;
    private volatile CompletableFuture<T> call;
    private volatile Future<?> wait;
    private volatile Future<?> timeLimit;

    /**
     * @param told of what becomes of it; never throws
     * @param model that is asked, or about; null for all
     */
    Attempts(
            Means means,
            Kind<T> kind,
            CallObserver.Operation told,
            String model,
            List<String> fallbacks,
            Optional<Integer> maxRetries) {
        this.means = means;
        this.settings = means.settings();
        this.kind = kind;
        this.told = told;
        this.model = model;
        this.fallbacks = new ArrayDeque<>(fallbacks);
        this.maxRetries = maxRetries.orElse(settings.maxRetries());
        this.deadline = System.nanoTime() + settings.requestTimeout().toNanos();
    }

    /** 1. Start the clock, and queue for the first call; does neither when it was {@link #stopped} before. */
    CompletableFuture<T> start() {
        result.whenComplete((answer, failure) -> {
            letGo();
            // Whoever asked cancelled it; all else was told before.
            tellEnd(null, failure);
        });
        if (result.isDone()) {
            return result;
        }
        try {
            timeLimit = means.timer()
                    .schedule(
                            () -> onWorker(this::timedOut),
                            settings.requestTimeout().toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            stopped();
            return result;
        }
        queue(false);
        return result;
    }

    /** 2. Wait for a place among the calls in flight. */
    private void queue(boolean again) {
        queuedAt = System.nanoTime();
        limit = means.limits().of(model);
        Duration pause = limit.pause();
        if (pause.toNanos() > deadline - System.nanoTime()) {
            String why = "The API wants no calls of " + asked() + " for " + pause.toMillis()
                    + " ms, which is longer than requestTimeout="
                    + settings.requestTimeout().toMillis() + " ms leaves";
            giveUp(new RateLimitException(why, pause, ProviderError.ofModel(model)));
            return;
        }
        turn = limit.turn(settings.maxConcurrentRequests(), settings.requestsPerMinute(), context.around(this::call));
        if (!turn.queue(settings.maxQueued(), again)) {
            String why = "maxQueued=" + settings.maxQueued() + " calls of " + asked() + " are waiting already";
            giveUp(new RateLimitException(why, Duration.ZERO, ProviderError.ofModel(model)));
        }
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
        madeOfModel++;
        told.called(model, Duration.ofNanos(System.nanoTime() - queuedAt));
        CompletableFuture<T> begun = begin();
        call = begun;
        if (begun.isDone()) {
            // Not here: the end of this call lets the next begin, whose end the next, and so on.
            onWorker(() -> begun.whenComplete(this::ended));
        } else {
            begun.whenComplete(this::ended);
        }
        if (result.isDone()) {
            letGo();
        }
    }

    /** Fails in no other way than by its future, or the call would have no end. */
    private CompletableFuture<T> begin() {
        try {
            CompletableFuture<T> begun = kind.begin().apply(model);
            return begun == null
                    ? CompletableFuture.failedFuture(new GeminiImageException(means.backend() + " gave no future"))
                    : begun;
        } catch (Throwable e) {
            // Also when no thread can be made: whoever ends another call is on this thread.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(T answer, Throwable failure) {
        T counted = null;
        Throwable cause = failure == null ? null : cause(failure);
        if (cause == null) {
            try {
                counted = counted(answer);
            } catch (Throwable e) {
                cause = e;
            }
        }
        if (cause == null) {
            limit.succeeded();
            turn.end();
            succeeded(counted);
        } else {
            Duration pause = pause(cause);
            if (cause instanceof RateLimitException refused) {
                // Before the place goes to the next, who would meet the same.
                limit.slowDown(pauseOfAll(refused));
            }
            turn.end();
            failed(cause, pause);
        }
    }

    private T counted(T answer) {
        if (answer == null) {
            throw new GeminiImageException(means.backend() + " answered null");
        }
        return kind.counted().apply(answer, made.get());
    }

    private void succeeded(T answer) {
        boolean first = tellEnd(answer, null);
        if (!first || !result.complete(answer)) {
            // Too late: nobody will take the pictures.
            kind.discard().accept(answer);
        }
    }

    /** 4. Try again after a wait, or another model, or give up. */
    private void failed(Throwable failure, Duration pause) {
        if (ended.get()) {
            return;
        }
        boolean again = failure instanceof RetryableError && madeOfModel <= maxRetries;
        if (again && pause.toNanos() <= deadline - System.nanoTime()) {
            LOG.info(
                    "Call {} of {} failed, the next follows in {} ms: {}",
                    made.get(),
                    asked(),
                    pause.toMillis(),
                    failure.getMessage());
            told.tryingAgain(failure, model, pause);
            wait = means.timer().schedule(() -> queue(true), pause.toNanos(), TimeUnit.NANOSECONDS);
            if (result.isDone()) {
                letGo();
            }
        } else if (!fallbacks.isEmpty() && isOfModel(failure)) {
            LOG.info("{} is asked instead of {}: {}", fallbacks.peek(), asked(), failure.getMessage());
            told.tryingAgain(failure, fallbacks.peek(), Duration.ZERO);
            model = fallbacks.remove();
            madeOfModel = 0;
            queue(false);
        } else {
            giveUp(explain(failure));
        }
    }

    /** Whether another model may do better. */
    private boolean isOfModel(Throwable failure) {
        return failure instanceof ModelNotFoundException
                || failure instanceof RateLimitException
                || (failure instanceof ServiceUnavailableException answered && answered.getHttpStatus() > 0);
    }

    private Duration pause(Throwable failure) {
        long bound = Math.min(
                settings.maxDelay().toMillis(),
                settings.initialDelay().toMillis() << Math.min(Math.max(madeOfModel - 1, 0), 20));
        Duration own = Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
        Duration asked = failure instanceof RetryableError retryable ? retryable.getRetryDelay() : Duration.ZERO;
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** As long as the server asks, but no longer than anybody waits; not the growing wait of a call of bad luck. */
    private Duration pauseOfAll(RateLimitException refused) {
        Duration asked = refused.getRetryDelay();
        return asked.isZero() ? settings.initialDelay() : shorter(asked, settings.requestTimeout());
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
                : "; all that time it waited behind others (maxConcurrentRequests, requestsPerMinute)";
        giveUp(new RequestTimeoutException(
                "No answer of " + asked() + " within requestTimeout="
                        + settings.requestTimeout().toMillis() + " ms" + waited,
                ProviderError.ofModel(model),
                null));
    }

    /** Fails it, since the component stops. */
    void stopped() {
        giveUp(new ServiceUnavailableException(
                "The component was stopped before " + asked() + " had answered",
                Duration.ZERO,
                ProviderError.ofModel(model),
                null));
    }

    private void giveUp(GeminiImageException failure) {
        failure.setAttempts(made.get());
        if (tellEnd(null, failure)) {
            letGo();
            result.completeExceptionally(failure);
        }
    }

    /** Before the result is complete, so that whoever hears of it finds it observed. */
    private boolean tellEnd(T answer, Throwable failure) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            told.ended(answer, failure);
        }
        return first;
    }

    /** Ends whatever is still going on, once there is a result. */
    private void letGo() {
        if (timeLimit != null) {
            timeLimit.cancel(false);
        }
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
            means.workers().execute(context.around(step));
        } catch (RejectedExecutionException e) {
            // Only after the pool was shut down.
            stopped();
        } catch (OutOfMemoryError e) {
            // No thread can be made, so this one has to do.
            step.run();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
