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
 * Retries, a limit of calls in flight, and a limit of time around any backend, which is asked {@link #observedBy} somebody.
 * Nothing blocks: waits are scheduled, and futures complete on worker threads.
 *
 * <p>What is retried is a {@link RetryableError}. The wait is random below a bound that doubles with each attempt (full
 * jitter), and no shorter than the server asked for; one that would end after the time limit fails at once.
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
    /** What draws instead of the default model; null as long as that is there. */
    private volatile String successorOfDefault;

    /**
     * @param others what is asked of fallback models
     * @param spending of the budget that all calls share
     * @param limits of everybody who shares the quota of the API
     * @param calls of the component; who stops them ends those of this backend
     * @param timer where waits are kept; needs one thread, and no limit of its queue
     * @param workers where limits of time, and calls that fail before they begin, are told
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

    /** The backend, whose calls somebody is told of. */
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
            // What another model signed would be refused.
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

        /** Others ask it as well; see {@link #retire}. */
        @Override
        public void close() {}
    }

    /** What is asked of the model that draws now: the request, or the rest of an answer that it has begun. */
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

        /** Of a model that nobody chose. In a conversation as well: the model that is gone cannot go on with it at all. */
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

        /** Whatever comes now is too late. */
        synchronized void end() {
            ended = true;
            giveUp();
        }

        /** The pictures that came, when the rest of the answer does not; null when there are none. */
        synchronized ImageResult soFar() {
            try {
                return unfinished == null ? null : unfinished.soFar();
            } catch (RuntimeException e) {
                LOG.debug("A continued answer has no image: {}", OutsideText.of(e.toString()));
                return null;
            }
        }

        /** Nobody takes what there is of an answer. */
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

    /** That the default is gone need not be asked again for each message. */
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

    /** One of somebody else's making may not know what is asked of it. */
    private ImageResult withPicture(ImageResult result) {
        if (result.images().isEmpty() && result.remoteImages().isEmpty()) {
            result.discard();
            throw new GeminiImageException(
                    backend
                            + " answered without an image; a backend must fail its future with a NoImageException in this case");
        }
        return result;
    }

    /** A call that no other model can answer, and that is answered whole. */
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
     * Asks for a model beside the calls: at once whatever else is going on, and once.
     *
     * @param id of the model
     */
    public CompletableFuture<List<JsonNode>> probe(String id) {
        return backend.models(id);
    }

    /** Closes the backend as soon as nothing is under way; for when nobody asks any more. */
    public void retire() {
        retired = true;
        closeIfRetired();
    }

    private void closeIfRetired() {
        if (retired && underWay.get() == 0) {
            backend.close();
        }
    }

    /** Closes the backend; what is under way is to be stopped before. */
    @Override
    public void close() {
        backend.close();
    }
}
