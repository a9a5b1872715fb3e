package io.github.camelgemini.image.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.budget.Admission;
import io.github.camelgemini.image.budget.Spending;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.FallbackRequests;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds retries, a limit for calls in flight, and a time limit to any backend. Call it through {@link #observedBy}.
 * Nothing blocks: waits are scheduled, and futures complete on worker threads.
 *
 * <p>A {@link RetryableError} is retried. The delay is random, with an upper bound that doubles with each attempt (full
 * jitter). It is never shorter than the server asks for. A delay that would exceed the time limit makes the call fail
 * at once.
 */
public final class ResilientBackend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResilientBackend.class);

    private final ImageBackend backend;
    private final ResilienceSettings settings;
    private final FallbackRequests others;
    private final Spending spending;
    private final Attempts.Means means;
    private final CallsUnderWay calls;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean retired;
    /** The model that replaces the default one; null while the default is available. */
    private volatile String successorOfDefault;

    /**
     * @param others converts requests for fallback models
     * @param spending charges all calls to the budget
     * @param limits of all users of the API's quota
     * @param calls of the component; stopping them ends the calls of this backend
     * @param timer schedules waits; needs one thread, and an unbounded queue
     * @param workers run time-outs, and failures of calls that did not begin
     */
    public ResilientBackend(
            ImageBackend backend,
            ResilienceSettings settings,
            FallbackRequests others,
            Spending spending,
            CallLimits limits,
            CallsUnderWay calls,
            ScheduledExecutorService timer,
            ExecutorService workers) {
        this.backend = backend;
        this.settings = settings;
        this.others = others;
        this.spending = spending;
        this.calls = calls;
        this.means = new Attempts.Means(String.valueOf(backend), settings, limits, timer, workers);
    }

    /** The backend, with an observer of its calls. */
    public ImageBackend observedBy(CallObserver observer) {
        return new Observed(observer);
    }

    private final class Observed implements ImageBackend {

        private final CallObserver observer;

        Observed(CallObserver observer) {
            this.observer = new GuardedObserver(observer);
        }

        @Override
        public ServiceTraits traits() {
            return backend.traits();
        }

        @Override
        public void check(ImageRequest request) {
            backend.check(request);
        }

        @Override
        public CompletableFuture<ImageResult> generate(ImageRequest request) {
            Asked asked = new Asked(ofModelThatIsThere(request));
            Attempts.Kind<ImageResult> kind = new Attempts.Kind<>(
                    model -> spending.admit(asked.of(model), () -> backend.generate(asked.of(model))),
                    model -> takes(request, model),
                    asked::goesOn,
                    asked::soFar,
                    ResilientBackend.this::defaultIsGone,
                    (result, attempts) -> withPicture(result).withAttempts(attempts),
                    ImageResult::discard);
            // A signature of another model would be refused.
            List<String> fallbacks = request.history().isEmpty() ? settings.fallbackModels() : List.of();
            CallObserver.Operation told = observer.begin("generate_content", request.model(), request);
            CompletableFuture<ImageResult> result = start(new Attempts<>(
                    means,
                    kind,
                    request.askedAt().orElseGet(System::nanoTime),
                    told,
                    asked.now.model(),
                    fallbacks,
                    asked.successor(),
                    request.get(Parameter.MAX_RETRIES)));
            result.whenComplete((drawn, failure) -> {
                if (failure != null) {
                    asked.end();
                }
            });
            return result;
        }

        @Override
        public CompletableFuture<Usage> countTokens(ImageRequest request) {
            CallObserver.Operation told = observer.begin("count_tokens", request.model(), request);
            return retried(
                    told,
                    request.model(),
                    request.get(Parameter.MAX_RETRIES),
                    () -> backend.countTokens(request),
                    usage -> {});
        }

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            CallObserver.Operation told = observer.begin(id == null ? "list_models" : "get_model", id, null);
            return retried(told, id, Optional.empty(), () -> backend.models(id), models -> {});
        }

        @Override
        public ImageBatches batches() {
            ResilientBatches.Retries retries = new ResilientBatches.Retries() {
                @Override
                public <T> CompletableFuture<T> call(
                        String name, Supplier<CompletableFuture<T>> call, Consumer<T> discard) {
                    return retried(observer.begin(name, null, null), null, Optional.empty(), call, discard);
                }
            };
            return new ResilientBatches(backend.batches(), spending, retries, settings.requestTimeout());
        }

        /** Does nothing, since others use the backend too; see {@link #retire}. */
        @Override
        public void close() {}
    }

    /** What is sent to the current model: the request, or the request for the rest of an incomplete answer. */
    private final class Asked {

        private final ImageRequest request;
        private ImageRequest now;
        private UnfinishedAnswerException unfinished;
        private boolean ended;

        Asked(ImageRequest request) {
            this.request = request;
            this.now = request;
        }

        synchronized ImageRequest of(String model) {
            if (!model.equals(now.model())) {
                giveUp();
                unfinished = null;
                now = others.request(request, model);
            }
            return now;
        }

        /**
         * The successor of a default model. Also in a conversation: the model that is gone cannot continue it at all.
         */
        Optional<String> successor() {
            return request.isModelByDefault() ? others.successorOf(request.model()) : Optional.empty();
        }

        synchronized void goesOn(UnfinishedAnswerException answer) {
            unfinished = answer;
            now = answer.next();
            if (ended) {
                giveUp();
            }
        }

        /** Later answers are discarded. */
        synchronized void end() {
            ended = true;
            giveUp();
        }

        /** The pictures of an incomplete answer; null when there are none. */
        synchronized ImageResult soFar() {
            try {
                return unfinished == null ? null : unfinished.soFar();
            } catch (RuntimeException e) {
                LOG.debug("A continued answer has no image: {}", OutsideText.of(e.toString()));
                return null;
            }
        }

        /** Discards an incomplete answer. */
        synchronized void giveUp() {
            if (now.answerSoFar() instanceof AutoCloseable begun) {
                try {
                    begun.close();
                } catch (Exception e) {
                    LOG.debug("A part of an answer could not be discarded: {}", OutsideText.of(e.toString()));
                }
            }
        }
    }

    private void defaultIsGone(String successor) {
        if (!successor.equals(successorOfDefault)) {
            successorOfDefault = successor;
            LOG.warn(
                    "The service no longer offers the default model. {} is used from now on. Set the option model to choose a model",
                    successor);
        }
    }

    /** Once the default model is known to be gone, its successor is called directly. */
    private ImageRequest ofModelThatIsThere(ImageRequest request) {
        String successor = successorOfDefault;
        return successor == null || !request.isModelByDefault() || !takes(request, successor)
                ? request
                : others.request(request, successor);
    }

    private boolean takes(ImageRequest request, String model) {
        try {
            backend.check(others.check(request, model));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("{} cannot be used instead of {}: {}", model, request.model(), OutsideText.of(e.getMessage()));
            return false;
        }
    }

    /** A custom backend may break the contract of its interface. */
    private ImageResult withPicture(ImageResult result) {
        if (result.images().isEmpty() && result.remoteImages().isEmpty()) {
            result.discard();
            throw new GeminiImageException(
                    backend
                            + " answered without an image; a backend must fail its future with a NoImageException in this case");
        }
        return result;
    }

    /** A call that no other model can answer, with a complete answer. */
    private <T> CompletableFuture<T> retried(
            CallObserver.Operation told,
            String model,
            Optional<Integer> maxRetries,
            Supplier<CompletableFuture<T>> call,
            Consumer<T> discard) {
        Attempts.Kind<T> kind = new Attempts.Kind<>(
                asked -> CompletableFuture.completedFuture(Admission.free(call)),
                other -> true,
                unfinished -> {},
                () -> null,
                successor -> {},
                (answer, attempts) -> answer,
                discard);
        return start(
                new Attempts<>(means, kind, System.nanoTime(), told, model, List.of(), Optional.empty(), maxRetries));
    }

    private <T> CompletableFuture<T> start(Attempts<T> attempts) {
        underWay.incrementAndGet();
        calls.add(attempts);
        CompletableFuture<T> result = attempts.start();
        result.whenComplete((answer, failure) -> {
            calls.remove(attempts);
            underWay.decrementAndGet();
            closeIfRetired();
        });
        return result;
    }

    /**
     * Asks for a model outside all limits: at once, and without retries.
     *
     * @param id of the model
     */
    public CompletableFuture<List<JsonNode>> probe(String id) {
        return backend.models(id);
    }

    /** Closes the backend as soon as no call is in flight. For when nobody uses it any more. */
    public void retire() {
        retired = true;
        closeIfRetired();
    }

    private void closeIfRetired() {
        if (retired && underWay.get() == 0) {
            backend.close();
        }
    }

    /** Closes the backend. Calls in flight must be stopped before. */
    @Override
    public void close() {
        backend.close();
    }
}
