package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.backend.JobCall;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.budget.Admission;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request with all its calls: the failed ones, the waits between them, and the successful one. */
final class Attempts<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** As good as never. */
    private static final Duration NEVER = Duration.ofDays(1);
    /** After this time a model is tried again, even if it asks for a longer pause. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final int UNAVAILABLE = 503;
    /** The status of Anthropic, and of gateways with the same API. */
    private static final int OVERLOADED = 529;

    /**
     * A kind of call.
     *
     * @param admit reserves the cost of a call to a model, and makes it
     * @param takes whether a model supports the request
     * @param goesOn called for an incomplete answer, so that the next call gets the rest
     * @param soFar the result of an incomplete answer when the rest does not arrive; null for none
     * @param replaced called when the model is gone, and this successor has answered
     * @param counted stores the number of calls in the answer; throws when it is not a valid answer
     * @param discard releases an answer that came too late
     */
    record Kind<T>(
            Function<String, CompletableFuture<Admission<T>>> admit,
            Predicate<String> takes,
            Consumer<UnfinishedAnswerException> goesOn,
            Supplier<T> soFar,
            Consumer<String> replaced,
            BiFunction<T, Integer, T> counted,
            Consumer<T> discard) {}

    /**
     * What all requests of a backend share.
     *
     * @param backend its name in failures
     * @param limits of all users of the API's quota
     * @param timer schedules waits
     * @param workers run time-outs, and failures of calls that did not begin
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
    private final List<String> fallbacks;
    /** The caller continues as soon as it cancels, so the current call must end before that. */
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
    /** The next fallback model to try. */
    private volatile int nextFallback;
    /** The successor of a default model, for when that is gone; empty once it was used. */
    private volatile Optional<String> successor;
    /** The successor once it is called; null before that. */
    private volatile String asSuccessor;
    /** Why the requested model did not answer; null until another model is called. */
    private volatile Throwable firstFailure;

    private volatile String model;
    private volatile CallLimit limit;
    private volatile CallLimit.Turn turn;
    private volatile CompletableFuture<T> call;
    private volatile Future<?> wait;
    private volatile Future<?> timeLimit;

    /**
     * @param since when the time limit began, by {@link System#nanoTime}
     * @param told receives the events; never throws
     * @param model that is called, or described; null for all
     * @param successor called when the model is gone and no fallback helps
     */
    Attempts(
            Means means,
            Kind<T> kind,
            long since,
            CallObserver.Operation told,
            String model,
            List<String> fallbacks,
            Optional<String> successor,
            Optional<Integer> maxRetries) {
        this.means = means;
        this.settings = means.settings();
        this.kind = kind;
        this.told = told;
        this.model = model;
        this.fallbacks = fallbacks;
        this.successor = successor;
        this.maxRetries = maxRetries.orElse(settings.maxRetries());
        this.deadline = since + settings.requestTimeout().toNanos();
    }

    /** Step 1: start the time limit, and queue for the first call. Does neither when it was {@link #stopped} before. */
    CompletableFuture<T> start() {
        result.whenComplete((answer, failure) -> {
            letGo();
            // The caller cancelled it; all other outcomes were already reported.
            tellEnd(null, failure);
        });
        if (result.isDone()) {
            return result;
        }
        try {
            timeLimit = means.timer()
                    .schedule(() -> onWorker(this::timedOut), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            stopped();
            return result;
        }
        queue(false);
        return result;
    }

    /** Step 2: wait for a free place among the calls in flight, unless that takes too long. */
    private void queue(boolean again) {
        queuedAt = System.nanoTime();
        limit = means.limits().of(model);
        CallLimit.Turn mine = limit.turn(
                settings.maxConcurrentRequests(),
                settings.requestsPerMinute(),
                context.around(this::call),
                paused -> context.around(() -> reconsider(paused)).run());
        turn = mine;
        if (mine.queue(settings.maxQueued(), again)) {
            reconsider(mine);
        } else {
            String why = "maxQueued=" + settings.maxQueued() + " calls to " + asked() + " are already waiting";
            askAnother(new RateLimitException(why, Duration.ZERO, ProviderError.ofModel(model)));
        }
        if (result.isDone()) {
            letGo();
        }
    }

    /** If the wait is too long, tries another model or gives up. */
    private void reconsider(CallLimit.Turn mine) {
        Duration pause = mine.pause();
        boolean wanted = (!pause.isZero() && isTooLong(pause))
                || (pause.compareTo(settings.fallbackPatience()) > 0
                        && fallback().isPresent());
        if (wanted && mine.leave()) {
            String why =
                    "The service requests a pause of " + pause.toMillis() + " ms before the next call to " + asked()
                            + (isTooLong(pause)
                                    ? ", which is longer than the time left of requestTimeout="
                                            + settings.requestTimeout().toMillis() + " ms"
                                    : "");
            askAnother(new RateLimitException(why, pause, ProviderError.ofModel(model)));
        }
    }

    private boolean isTooLong(Duration pause) {
        return pause.toNanos() > deadline - System.nanoTime();
    }

    /** The next model that supports the request. */
    private Optional<String> fallback() {
        return fallbacks.stream()
                .skip(nextFallback)
                .filter(other -> kind.takes().test(other))
                .findFirst();
    }

    private Optional<String> fallback(Throwable failure) {
        Optional<String> other = fallback();
        return other.isEmpty() && failure instanceof ModelNotFoundException ? successor.filter(kind.takes()) : other;
    }

    /** Continues with the next model, or gives up if there is none. */
    private void askAnother(Throwable failure) {
        if (takeSoFar(failure)) {
            return;
        }
        Optional<String> other = fallback(failure);
        if (other.isEmpty()) {
            giveUp(firstFailure(explain(failure)));
            return;
        }
        LOG.info("Fallback to {} instead of {}: {}", other.get(), asked(), OutsideText.of(failure.getMessage()));
        firstFailure = firstFailure == null ? explain(failure) : firstFailure;
        if (other.equals(successor) && fallback().isEmpty()) {
            asSuccessor = other.get();
            successor = Optional.empty();
        } else {
            nextFallback = fallbacks.indexOf(other.get()) + 1;
        }
        model = other.get();
        madeOfModel = 0;
        queue(false);
    }

    /** Step 3: make the call, if the budget allows it. */
    private void call() {
        if (result.isDone()) {
            return;
        }
        admit().whenComplete((admission, failure) -> {
            if (failure == null) {
                // This may be a thread of the budget repository.
                context.around(() -> make(admission)).run();
            } else {
                // On another thread: the end of this turn lets the next begin, which may be refused too, and so on.
                onWorker(() -> refused(Steps.cause(failure)));
            }
        });
    }

    /** Neither retries nor tries another model. */
    private void refused(Throwable failure) {
        turn.end();
        GeminiImageException explained = explain(failure);
        if (firstFailure != null) {
            explained.addSuppressed(firstFailure);
        }
        giveUp(explained);
    }

    private void make(Admission<T> admission) {
        if (result.isDone()) {
            admission.notMade().run();
            return;
        }
        made.incrementAndGet();
        madeOfModel++;
        told.called(model, Duration.ofNanos(System.nanoTime() - queuedAt));
        CompletableFuture<T> begun = begin(admission);
        call = begun;
        if (begun.isDone()) {
            begun.whenComplete(admission.over());
            // On another thread: the end of this call lets the next begin, whose end lets the next begin, and so on.
            onWorker(() -> begun.whenComplete(this::ended));
        } else {
            // In this order, so that the cost is known before the message continues.
            begun.whenComplete((answer, failure) -> {
                admission.over().accept(answer, failure);
                ended(answer, failure);
            });
        }
        if (result.isDone()) {
            letGo();
        }
    }

    /** Turns an exception into a failed future, like {@link #begin}, since the call would otherwise never end. */
    private CompletableFuture<Admission<T>> admit() {
        try {
            return kind.admit().apply(model);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<T> begin(Admission<T> admission) {
        try {
            CompletableFuture<T> begun = admission.begin().get();
            return begun == null
                    ? CompletableFuture.failedFuture(new GeminiImageException(means.backend() + " returned no future"))
                    : begun;
        } catch (Throwable e) {
            // Even if no thread can be created, because the thread may be ending another call.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Every path must continue: an error here would leave the call without an end. */
    private void ended(T answer, Throwable failure) {
        try {
            settle(answer, failure == null ? null : Steps.cause(failure));
        } catch (Throwable e) {
            giveUp(explain(e));
        }
    }

    private void settle(T answer, Throwable failure) {
        T counted = null;
        Throwable cause = failure;
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
        } else if (cause instanceof UnfinishedAnswerException unfinished) {
            limit.succeeded();
            turn.end();
            goOn(unfinished);
        } else {
            Duration pause = pause(cause);
            // Before the next call gets the place, since it would fail the same way.
            slowDown(cause);
            turn.end();
            failed(cause, pause);
        }
    }

    /** The rest of an answer is a call of its own, with its own retries. */
    private void goOn(UnfinishedAnswerException unfinished) {
        kind.goesOn().accept(unfinished);
        if (!ended.get()) {
            LOG.debug("The answer of {} continues in call {}", asked(), made.get() + 1);
            madeOfModel = 0;
            queue(true);
        }
    }

    /**
     * Pauses as long as the server asks, up to the longest time anyone waits. Does not use the growing delay of a
     * single call.
     */
    private void slowDown(Throwable failure) {
        Duration asked = shorter(askedDelay(failure), longer(settings.requestTimeout(), LONGEST_PAUSE));
        if (failure instanceof RateLimitException) {
            limit.slowDown(asked.isZero() ? settings.initialDelay() : asked);
        } else if (failure instanceof ServiceUnavailableException answered && isOverload(answered.getHttpStatus())) {
            limit.overloaded(asked, settings.initialDelay());
        }
    }

    private static boolean isOverload(int httpStatus) {
        return httpStatus == UNAVAILABLE || httpStatus == OVERLOADED;
    }

    private T counted(T answer) {
        if (answer == null) {
            throw new GeminiImageException(means.backend() + " returned null");
        }
        return kind.counted().apply(answer, made.get());
    }

    private void succeeded(T answer) {
        if (asSuccessor != null && asSuccessor.equals(model)) {
            kind.replaced().accept(model);
        }
        boolean first = tellEnd(answer, null);
        if (!first || !result.complete(answer)) {
            // Too late: nobody takes the pictures.
            kind.discard().accept(answer);
        }
    }

    /** Step 4: retry after a delay, try another model, or give up. */
    private void failed(Throwable failure, Duration pause) {
        if (ended.get()) {
            return;
        }
        boolean again = failure instanceof RetryableError && madeOfModel <= maxRetries && !isTooLong(pause);
        boolean another = isOfModel(failure) && fallback(failure).isPresent();
        if (again && !(another && pause.compareTo(settings.fallbackPatience()) > 0)) {
            LOG.info(
                    "Call {} to {} failed. Retry in {} ms: {}",
                    made.get(),
                    asked(),
                    pause.toMillis(),
                    OutsideText.of(failure.getMessage()));
            told.tryingAgain(failure, model, pause);
            try {
                wait = means.timer().schedule(() -> queue(true), pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                stopped();
            }
            if (result.isDone()) {
                letGo();
            }
        } else if (another && !takeSoFar(failure)) {
            told.tryingAgain(failure, fallback(failure).orElseThrow(), Duration.ZERO);
            askAnother(failure);
        } else {
            giveUp(firstFailure(explain(failure)));
        }
    }

    /** The failure of the requested model. That another model could not help either does not replace it. */
    private GeminiImageException firstFailure(GeminiImageException last) {
        if (!(firstFailure instanceof GeminiImageException first) || last instanceof NoPictureError) {
            return last;
        }
        if (asSuccessor != null && !(last instanceof ModelNotFoundException)) {
            // Nobody chose the model that is gone, so the failure of its successor counts.
            last.addSuppressed(first);
            return last;
        }
        if (first != last) {
            first.addSuppressed(last);
        }
        return first;
    }

    /** Whether another model may succeed. */
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
        return longer(own, askedDelay(failure));
    }

    /** A custom exception may return any delay. */
    private static Duration askedDelay(Throwable failure) {
        Duration asked = null;
        try {
            asked = failure instanceof RetryableError retryable ? retryable.getRetryDelay() : null;
        } catch (RuntimeException e) {
            LOG.debug(
                    "{} did not return a retry delay: {}", failure.getClass().getName(), OutsideText.of(e.toString()));
        }
        return asked == null || asked.isNegative() ? Duration.ZERO : shorter(asked, NEVER);
    }

    private GeminiImageException explain(Throwable failure) {
        return failure instanceof GeminiImageException known
                ? known
                : LocalStorageException.or(
                        failure,
                        () -> new GeminiImageException(
                                "The call to " + asked() + " failed: " + failure,
                                ProviderError.ofModel(model),
                                failure));
    }

    private void timedOut() {
        String waited = made.get() > 0
                ? ""
                : "; the call waited all that time because of maxConcurrentRequests or requestsPerMinute";
        String jobId = call instanceof JobCall job ? job.leave().orElse(null) : null;
        String later = jobId == null
                ? ""
                : "; get the image later with gemini-image:batchRetrieve and gemini-image:batchResults, batchId="
                        + jobId;
        RequestTimeoutException failure = new RequestTimeoutException(
                "No answer from " + asked() + " within requestTimeout="
                        + settings.requestTimeout().toMillis() + " ms" + waited + later,
                jobId,
                ProviderError.ofModel(model),
                null);
        if (firstFailure != null) {
            failure.addSuppressed(firstFailure);
        }
        giveUp(failure);
    }

    /** Fails the request, because the component stops. */
    void stopped() {
        fail(new ServiceUnavailableException(
                "The component was stopped before " + asked() + " answered",
                Duration.ZERO,
                ProviderError.ofModel(model),
                null));
    }

    /** Fails the request, unless an incomplete answer contains a picture. */
    private void giveUp(GeminiImageException failure) {
        if (!takeSoFar(failure)) {
            fail(failure);
        }
    }

    /** Whether there was such a picture. It is billed, and another model would be billed again. */
    private boolean takeSoFar(Throwable failure) {
        T soFar = ended.get() ? null : kind.soFar().get();
        if (soFar == null) {
            return false;
        }
        LOG.warn(
                "The rest of an answer of {} did not arrive. The part that arrived is used: {}",
                asked(),
                OutsideText.of(failure.getMessage()));
        succeeded(kind.counted().apply(soFar, made.get()));
        return true;
    }

    private void fail(GeminiImageException failure) {
        failure.setAttempts(made.get());
        if (tellEnd(null, failure)) {
            letGo();
            result.completeExceptionally(failure);
        }
    }

    /** Before the result completes, so that its receiver already sees the metrics. */
    private boolean tellEnd(T answer, Throwable failure) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            told.ended(answer, failure);
        }
        return first;
    }

    /** Ends everything that is still running, once there is a result. */
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
            // No thread can be created, so this one is used.
            step.run();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
