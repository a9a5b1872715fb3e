package io.github.camelgemini.image.repository;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.RequestDigest;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests from stored results, and stores the results of all others. If any process is already working on a
 * request, its result is waited for. Closing this object fails the waiting requests.
 */
public final class KnownRequests implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnownRequests.class);

    private static final int LONGEST_ID = 1_000;
    /** Extra time, for a repository that does not answer; everything else ends by itself. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final long FIRST_PAUSE = 20;
    private static final long LONGEST_PAUSE = 500;

    private final ResultRepository repository;
    private final PayloadStore store;
    private final Duration patience;
    private final Executor workers;
    private final Set<Answer> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param store for pictures that are read
     * @param patience how long to wait for a request that another process sends: the {@code requestTimeout}
     * @param workers run the repository's methods, which may block
     */
    public KnownRequests(ResultRepository repository, PayloadStore store, Duration patience, Executor workers) {
        this.repository = repository;
        this.store = store;
        this.patience = patience;
        this.workers = workers;
    }

    /**
     * Checks an id.
     *
     * @throws InvalidRequestException says what an id must be
     */
    public static void check(String id) {
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException("requestId must have 1 to " + LONGEST_ID
                    + " characters, without control characters, but has " + id.length());
        }
    }

    /**
     * Answers a request.
     *
     * @param id from the message; for several pictures followed by a line break and the number
     * @param request its time limit has begun
     * @param draw calls the service; used at most once
     * @return a stored result has no attempts and no cost. Fails with an {@link InvalidRequestException} when the id
     *     belongs to another request.
     */
    public CompletableFuture<ImageResult> answer(
            String id, ImageRequest request, Supplier<CompletableFuture<ImageResult>> draw) {
        Answer answer = new Answer(id, request, draw);
        open.add(answer);
        CompletableFuture<Void> clock =
                new CompletableFuture<Void>().orTimeout(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        clock.whenComplete((done, late) -> answer.lateIf(late != null));
        answer.result.whenComplete((done, failure) -> {
            open.remove(answer);
            clock.complete(null);
        });
        answer.onWorker(answer::look);
        if (closed) {
            answer.stopped();
        }
        return answer.result;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Answer::stopped);
    }

    private final class Answer {

        private final String id;
        private final ImageRequest request;
        private final Supplier<CompletableFuture<ImageResult>> draw;
        private final CompletableFuture<ImageResult> result = new CompletableFuture<>();
        private final long since;
        private String digest;
        private long pause = FIRST_PAUSE;
        private volatile boolean drawing;

        Answer(String id, ImageRequest request, Supplier<CompletableFuture<ImageResult>> draw) {
            this.id = id;
            this.request = request;
            this.draw = draw;
            this.since = request.askedAt().orElseGet(System::nanoTime);
        }

        /** Step 1: use the stored result, or make the call, or wait for the process that makes it. */
        private void look() {
            if (result.isDone()) {
                return;
            }
            try {
                if (answerByWhatIsKept()) {
                    return;
                }
                Optional<Closeable> hold = repository.hold(id);
                if (hold.isEmpty()) {
                    lookLater();
                } else {
                    draw(hold.get());
                }
            } catch (IOException e) {
                fail(unreadable(e));
            } catch (Throwable e) {
                fail(e);
            }
        }

        private boolean answerByWhatIsKept() throws IOException {
            Optional<InputStream> kept = repository.load(id);
            if (kept.isEmpty()) {
                return false;
            }
            try (InputStream in = kept.get()) {
                ImageResult read = KeptResult.read(in, digest(), store);
                LOG.debug("Request {} is answered from the stored result", OutsideText.of(id));
                if (!result.complete(read)) {
                    read.discard();
                }
            } catch (KeptResult.OfAnotherRequestException e) {
                fail(new InvalidRequestException("requestId " + OutsideText.of(id)
                        + " was used by a different request before;" + " each request needs an id of its own"));
            }
            return true;
        }

        private String digest() {
            if (digest == null) {
                RequestDigest of = new RequestDigest();
                of.add(request);
                digest = of.value();
            }
            return digest;
        }

        private void lookLater() {
            if (System.nanoTime() - since > patience.toNanos()) {
                lateIf(true);
                return;
            }
            long wait = pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> onWorker(this::look));
        }

        private void lateIf(boolean late) {
            if (late) {
                fail(new RequestTimeoutException(
                        "The request of requestId " + OutsideText.of(id)
                                + " is processed by another process or message, or its repository does"
                                + " not answer: it was not done within requestTimeout=" + patience.toMillis() + " ms",
                        ProviderError.ofModel(request.model()),
                        null));
            }
        }

        /** Step 2: make the call, unless the result was stored before the reservation. */
        private void draw(Closeable hold) throws IOException {
            boolean ended = true;
            try {
                ended = answerByWhatIsKept() || result.isDone();
                digest();
            } finally {
                // Also when that failed.
                if (ended) {
                    hold.close();
                }
            }
            if (ended) {
                return;
            }
            drawing = true;
            CompletableFuture<ImageResult> drawn;
            try {
                drawn = draw.get();
            } catch (Throwable e) {
                drawn = CompletableFuture.failedFuture(e);
            }
            Steps.endWith(result, drawn);
            drawn.whenComplete((answer, failure) -> drawn(answer, failure, hold));
        }

        /** Step 3: store the result before it is passed on. */
        private void drawn(ImageResult answer, Throwable failure, Closeable hold) {
            try {
                if (failure == null) {
                    repository.save(id, KeptResult.of(digest, answer));
                }
            } catch (Throwable e) {
                LOG.warn(
                        "The result of request {} could not be stored in {}. If the request is sent again, it is billed again: {}",
                        OutsideText.of(id),
                        repository,
                        e.toString());
            } finally {
                end(hold);
            }
            if (failure != null) {
                result.completeExceptionally(Steps.cause(failure));
            } else if (!result.complete(answer)) {
                answer.discard();
            }
        }

        private void end(Closeable hold) {
            try {
                hold.close();
            } catch (Throwable e) {
                LOG.warn(
                        "Request {} could not be released and stays locked in {}: {}",
                        OutsideText.of(id),
                        repository,
                        e.toString());
            }
        }

        private GeminiImageException unreadable(IOException cause) {
            return new LocalStorageException(
                    "The stored result of requestId " + OutsideText.of(id) + " cannot be read in "
                            + repository.placeOf(id) + ": " + cause.getMessage()
                            + ". If you delete it, the request is processed again",
                    ProviderError.ofModel(request.model()),
                    cause);
        }

        private void fail(Throwable failure) {
            result.completeExceptionally(failure);
        }

        private void onWorker(Runnable step) {
            try {
                workers.execute(step);
            } catch (RejectedExecutionException e) {
                stopped();
            }
        }

        /** Requests with a call in flight get the failure from their call. */
        private void stopped() {
            if (!drawing) {
                fail(new ServiceUnavailableException(
                        "The component was stopped before request " + OutsideText.of(id) + " was answered",
                        Duration.ZERO,
                        ProviderError.ofModel(request.model()),
                        null));
            }
        }
    }
}
