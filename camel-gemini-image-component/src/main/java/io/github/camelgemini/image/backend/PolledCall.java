package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a {@link PolledBackend}: submits a job with one request, and waits for it. */
final class PolledCall extends JobCall {

    private static final Logger LOG = LoggerFactory.getLogger(PolledCall.class);

    private static final String KEY = "1";

    /** The first polling interval. Each one is half as long again; services ask for at most one poll a second. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /**
     * The upper limit for the wait that a service asks for. The picture is already billed, and may be ready much
     * earlier.
     */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);
    /** The wait while the service sends events. A dead connection is noticed by it. */
    private static final Duration WAIT_OF_WATCH = Duration.ofSeconds(20);
    /** How long a service may take until a new job appears in its list. */
    private static final Duration UNTIL_LISTED = Duration.ofSeconds(2);
    /** How long an abandoned submission may take to answer, so that its job can be cancelled. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** The largest number of consecutive answers that another poll will probably not fix. */
    private static final int MOST_ODD_ANSWERS = 3;
    /** How often a job is searched for whose submission was not answered. */
    private static final int MOST_LOOKS_FOR_LOST = 4;
    /**
     * How often a job is searched for that the service may still be creating. The pause doubles each time: half a
     * minute in all.
     */
    private static final int MOST_LOOKS_FOR_LATE = 5;
    /** Statuses of a gateway that stopped waiting for the service behind it. */
    private static final Set<Integer> NOT_WAITED_FOR = Set.of(408, 499, 504);

    private static final int MOST_CANCELS = 3;

    private final QueueService service;
    private final ImageRequest request;
    private final ServiceMeans means;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean cancelling = new AtomicBoolean();

    private volatile CompletableFuture<Job> submission;
    private volatile boolean ready;
    private volatile String jobId;
    private volatile boolean certain = true;
    private volatile boolean left;
    private volatile boolean watching;
    private volatile Future<?> wait;
    private volatile Duration nextWait = FIRST_WAIT;
    private volatile int oddAnswers;

    PolledCall(QueueService service, ImageRequest request, ServiceMeans means) {
        this.service = service;
        this.request = request;
        this.means = means;
    }

    PolledCall start() {
        whenComplete((result, failure) -> {
            if (jobId != null) {
                // Before this, a failed search means that a billed job could not be found.
                stopWaiting();
            }
            if (isCancelled()) {
                givenUp();
            }
        });
        onWorker(this::submit);
        return this;
    }

    @Override
    public Optional<String> leave() {
        String known = jobId;
        left = known != null;
        return Optional.ofNullable(known);
    }

    /** Step 1: submit once. Reference images are uploaded on this thread. */
    private void submit() {
        JobDraft draft = service.batches().draft();
        try {
            draft.add(KEY, ofOnePicture());
            if (isDone()) {
                draft.close();
                return;
            }
            ImageBatches.Mark mark =
                    new ImageBatches.Mark("camel-" + UUID.randomUUID(), draft.fingerprint(), Instant.now());
            submission = draft.submit(mark.name(), null);
            if (isCancelled()) {
                givenUp();
            }
            submission.whenComplete((job, failure) -> {
                draft.close();
                if (failure == null) {
                    submitted(job);
                } else {
                    notAnswered(Steps.cause(failure), mark);
                }
            });
        } catch (IOException e) {
            draft.close();
            completeExceptionally(LocalStorageException.or(
                    e, () -> new ReferenceImageException("A reference image cannot be sent: " + e.getMessage(), e)));
        } catch (Throwable e) {
            draft.close();
            completeExceptionally(e);
        }
    }

    /** Several pictures are several calls. */
    private ImageRequest ofOnePicture() {
        return request.has(Parameter.NUM_IMAGES)
                ? request.toBuilder().set(Parameter.NUM_IMAGES, null).build()
                : request;
    }

    /**
     * Step 2: search for a job whose answer was lost. No service documents that status 500 or 503 means that there is
     * no job.
     */
    private void notAnswered(Throwable failure, ImageBatches.Mark mark) {
        boolean maybe = failure instanceof GeminiImageException known && LostAnswer.isPossible(known)
                || failure instanceof CancellationException;
        if (maybe) {
            lookForLost(failure, mark, 1);
        } else {
            completeExceptionally(failure);
        }
    }

    /** Whether the service may still be processing a submission whose connection was closed. */
    private static boolean mayComeLate(Throwable failure) {
        return failure instanceof RetryableError
                && failure instanceof GeminiImageException known
                && (known.getHttpStatus() == 0 || NOT_WAITED_FOR.contains(known.getHttpStatus()));
    }

    private void lookForLost(Throwable failure, ImageBatches.Mark mark, int look) {
        boolean late = mayComeLate(failure);
        begin(() -> service.batches().find(mark)).whenComplete((found, error) -> {
            if (error == null && found.isPresent()) {
                // A job without a name may belong to another client that sent the same request.
                certain = found.get().name() != null;
                submitted(found.get());
            } else if (look >= (late ? MOST_LOOKS_FOR_LATE : MOST_LOOKS_FOR_LOST)
                    || error == null && look > 1 && !late) {
                notFound(error == null ? failure : unknown(failure, Steps.cause(error)));
            } else {
                after(
                        late ? UNTIL_LISTED.multipliedBy(1L << (look - 1)) : UNTIL_LISTED,
                        () -> lookForLost(failure, mark, look + 1));
            }
        });
    }

    private void notFound(Throwable failure) {
        if (!completeExceptionally(failure) && !(failure instanceof RetryableError)) {
            LOG.info("The call to {} had already been given up: {}", title(), OutsideText.of(failure.toString()));
        }
    }

    /** Another submission might be billed twice. */
    private GeminiImageException unknown(Throwable failure, Throwable ofSearch) {
        GeminiImageException unknown = new GeminiImageException(
                failure.getMessage() + " Whether " + title()
                        + " has the request is unknown, so it is not submitted again: "
                        + ofSearch.getMessage(),
                failure instanceof GeminiImageException known
                        ? provider(known)
                        : ProviderError.ofModel(request.model()),
                failure);
        unknown.addSuppressed(ofSearch);
        return unknown;
    }

    /** Step 3: listen to the service's events if it has any, or else poll. */
    private void submitted(Job job) {
        jobId = job.id();
        LOG.debug("{} accepted job {}", title(), jobId);
        if (isDone()) {
            endJob();
            return;
        }
        if (job.state().isDone()) {
            fetch(job);
            return;
        }
        watching = true;
        CompletableFuture<Void> watch = begin(() -> service.watch(jobId, request.progress()));
        // However the call ends: the picture may be found while the service still sends events.
        whenComplete((drawn, failure) -> watch.cancel(true));
        watch.whenComplete((ended, failure) -> {
            watching = false;
            if (failure != null && !isDone()) {
                LOG.debug(
                        "The stream of status updates of job {} ended: {}",
                        jobId,
                        OutsideText.of(Steps.cause(failure).toString()));
            }
            look();
        });
        if (watching) {
            lookLater(Duration.ZERO);
        }
    }

    private void look() {
        if (isDone() || ready || !looking.compareAndSet(false, true)) {
            return;
        }
        stopWaiting();
        CompletableFuture<Job> retrieved = begin(() -> service.batches().retrieve(jobId));
        Steps.endWith(this, retrieved);
        retrieved.whenComplete((job, failure) -> {
            looking.set(false);
            if (failure != null) {
                notSeen(Steps.cause(failure), this::look);
            } else if (job.state().isDone()) {
                fetch(job);
            } else {
                oddAnswers = 0;
                if (job.percent() >= 0) {
                    request.progress().percent(job.percent());
                }
                lookLater(Duration.ZERO);
            }
        });
    }

    private void lookLater(Duration least) {
        Duration pause = watching ? WAIT_OF_WATCH : nextWait;
        if (!watching) {
            nextWait = shorter(nextWait.multipliedBy(3).dividedBy(2), LONGEST_WAIT);
        }
        after(pause.compareTo(least) > 0 ? pause : least, this::look);
    }

    /** The job is billed, so only failures that a retry cannot fix end the call. */
    private void notSeen(Throwable failure, Runnable again) {
        boolean odd = failure instanceof MalformedResponseException || failure instanceof BatchNotFoundException;
        boolean passing = failure instanceof RetryableError || failure instanceof IOException;
        if (isDone()) {
            return;
        }
        if (passing || odd && ++oddAnswers < MOST_ODD_ANSWERS) {
            LOG.debug("The status of job {} is polled again: {}", jobId, OutsideText.of(failure.toString()));
            Duration asked = failure instanceof RetryableError retryable && retryable.getRetryDelay() != null
                    ? retryable.getRetryDelay()
                    : Duration.ZERO;
            nextWait = shorter(nextWait.multipliedBy(3).dividedBy(2), LONGEST_WAIT);
            after(nextWait.compareTo(asked) > 0 ? nextWait : shorter(asked, LONGEST_ASKED), again);
        } else {
            fail(failure);
        }
    }

    /** Step 4: fetch the picture. */
    private void fetch(Job job) {
        if (isDone()) {
            return;
        }
        ready = true;
        CompletableFuture<JobResults> opened = begin(() -> service.batches().results(jobId, key -> request.asked()));
        Steps.endWith(this, opened);
        opened.whenComplete((results, failure) -> {
            if (failure != null) {
                notSeen(Steps.cause(failure), () -> fetch(job));
            } else {
                whenComplete((result, error) -> {
                    if (isCancelled()) {
                        results.close();
                    }
                });
                onWorker(() -> read(job, results));
            }
        });
    }

    private void read(Job job, JobResults results) {
        try (results) {
            JobResult result = results.next();
            if (result == null) {
                fail(nothing(job));
            } else if (result.failure() != null) {
                fail(result.failure());
            } else {
                drawn(result.result());
            }
        } catch (Throwable e) {
            notSeen(e, () -> fetch(job));
        }
    }

    private void drawn(ImageResult result) {
        if (isDone()) {
            result.discard();
            return;
        }
        result.images().forEach(image -> request.progress().received(image.info(), image.length()));
        if (!complete(result)) {
            result.discard();
        }
    }

    private NotDrawnException nothing(Job job) {
        NotDrawnException.Reason reason =
                switch (job.state()) {
                    case CANCELLED -> NotDrawnException.Reason.CANCELLED;
                    case EXPIRED -> NotDrawnException.Reason.EXPIRED;
                    case FAILED -> NotDrawnException.Reason.FAILED;
                    default -> NotDrawnException.Reason.MISSING;
                };
        String why = job.failure() == null ? "" : ": " + job.failure();
        return new NotDrawnException(
                title() + " returned no image for model " + request.model() + "; its job " + jobId + " is "
                        + (job.state() == JobState.SUCCEEDED
                                ? "done"
                                : job.state().name().toLowerCase(Locale.ROOT))
                        + why,
                reason,
                ProviderError.ofModel(request.model()));
    }

    /** Fails with an exception that does not lead to another submission. */
    private void fail(Throwable failure) {
        completeExceptionally(
                failure instanceof RetryableError && failure instanceof GeminiImageException known
                        ? new NotDrawnException(
                                known.getMessage() + " (job " + jobId + ")",
                                NotDrawnException.Reason.FAILED,
                                provider(known))
                        : failure);
    }

    private static ProviderError provider(GeminiImageException failure) {
        return new ProviderError(
                failure.getHttpStatus(),
                failure.getProviderStatus(),
                failure.getProviderMessage(),
                failure.getModel(),
                failure.getUsage(),
                failure.getEstimatedCost());
    }

    /** Nobody waits any more. Cancels the job, unless its picture is to be fetched later. */
    private void givenUp() {
        if (jobId != null) {
            endJob();
            return;
        }
        CompletableFuture<Job> underWay = submission;
        if (underWay != null) {
            // The answer contains the id that is needed to cancel the job.
            after(GRACE, () -> underWay.cancel(true));
        }
    }

    private void endJob() {
        if (!left && cancelling.compareAndSet(false, true)) {
            if (certain) {
                cancelJob(1);
            } else {
                LOG.info(
                        "Job {} of {} seems to belong to a request that was given up before its submission was answered."
                                + " The job is not cancelled, because it may belong to another client. The operation batchResults with"
                                + " batchId={} gets its image",
                        jobId,
                        title(),
                        jobId);
            }
        }
    }

    private void cancelJob(int attempt) {
        begin(() -> service.batches().cancel(jobId)).whenComplete((job, failure) -> {
            if (failure == null) {
                LOG.debug("Job {} was cancelled at {}, because its call was given up", jobId, title());
            } else if (Steps.cause(failure) instanceof RetryableError && attempt < MOST_CANCELS) {
                after(FIRST_WAIT.multipliedBy(attempt), () -> cancelJob(attempt + 1));
            } else {
                LOG.info(
                        "Job {} could not be cancelled at {}, although its call was given up: {}",
                        jobId,
                        title(),
                        OutsideText.of(Steps.cause(failure).getMessage()));
            }
        });
    }

    private String title() {
        return service.traits().title();
    }

    /** Turns an exception into a failed future, since the call would otherwise never end. */
    private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void stopWaiting() {
        Future<?> waiting = wait;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void after(Duration pause, Runnable step) {
        try {
            wait = means.timer().schedule(() -> onWorker(step), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            completeExceptionally(stopped(e));
        }
    }

    private void onWorker(Runnable step) {
        try {
            means.workers().execute(step);
        } catch (RejectedExecutionException e) {
            completeExceptionally(stopped(e));
        }
    }

    private GeminiImageException stopped(RejectedExecutionException cause) {
        return new GeminiImageException(
                "The component was stopped before " + title() + " returned an image"
                        + (jobId == null ? "" : "; job " + jobId + " continues there"),
                ProviderError.ofModel(request.model()),
                cause);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
