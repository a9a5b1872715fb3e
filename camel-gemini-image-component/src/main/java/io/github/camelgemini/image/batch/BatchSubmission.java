package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.RequestDigest;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits the requests of a batch as jobs: as few as the service allows, and each job once.
 *
 * <p>A job is stored before it is sent. After a crash, another submission of the same requests under the same id, or
 * the delivery of results, finds what was in progress and looks for it at the service.
 */
public final class BatchSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(BatchSubmission.class);

    /** How long a service may take until a new job appears in its list. */
    private static final Duration UNTIL_LISTED = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** The longest pause that is waited for. After a longer one, the caller can submit again. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Duration SLICE_OF_A_WAIT = Duration.ofMillis(200);
    /** How many jobs of a queue are submitted between two progress messages. */
    private static final int JOBS_OF_A_MESSAGE = 500;

    /**
     * The data of a submission, besides the requests.
     *
     * @param service as in the option {@code service}
     * @param server host that is called
     * @param webhook public address that the service calls; null for none
     * @param keepsRequests whether requests are stored, to submit them again if they are not processed
     * @param maxRetries how often in a row a failed submission is retried
     */
    public record Order(String service, String server, URI webhook, boolean keepsRequests, int maxRetries) {}

    private final Batches.Held held;
    private final ImageBatches service;
    private final Order order;
    private final BooleanSupplier goesOn;
    private Batch batch;

    /**
     * @param held the batch, whether it exists or not
     * @param goesOn checked before each request; false interrupts the submission, which can be continued later
     */
    public BatchSubmission(Batches.Held held, ImageBatches service, Order order, BooleanSupplier goesOn) {
        this.held = held;
        this.service = service;
        this.order = order;
        this.goesOn = goesOn;
    }

    /**
     * Submits requests, or the rest of them after an interruption. Blocks until that is done.
     *
     * @param requests each is closed here
     * @return the submitted batch
     * @throws InvalidRequestException when there are no requests, or they differ from those submitted under this id
     * @throws GeminiImageException when the service refuses or demands a pause of more than five minutes, or the batch
     *     is cancelled. The service keeps the jobs that it has; submit the same requests again to continue.
     */
    public Batch submit(Iterator<KeyedRequest> requests) throws IOException {
        batch = held.batch().orElse(null);
        if (batch == null) {
            batch = Batch.begin(
                    held.id(),
                    order.service(),
                    order.server(),
                    order.webhook() == null ? null : order.webhook().toString());
        }
        endIfCancelled();
        Parts parts = new Parts(requests);
        int number = nextNumber(0);
        for (int jobs = 1; parts.hasNext(); jobs++) {
            try (PartDraft part = parts.next(number)) {
                submit(part);
            }
            if (jobs % JOBS_OF_A_MESSAGE == 0) {
                LOG.info(
                        "Batch {}: {} requests were submitted to the service in {} jobs",
                        held.id(),
                        batch.requests(),
                        jobs);
            }
            number = nextNumber(number);
        }
        if (number == 1) {
            throw new InvalidRequestException("A batch must have at least one request, but the message has none");
        }
        if (number <= batch.parts()) {
            throw others();
        }
        batch = batch.submitted(parts.digest());
        held.save(batch);
        return batch;
    }

    /** The number of the next part. While a submission is interrupted, parts for repeated requests may be added. */
    private int nextNumber(int number) throws IOException {
        int next = number + 1;
        while (held.part(next).filter(BatchPart::again).isPresent()) {
            next++;
        }
        return next;
    }

    private void endIfCancelled() throws IOException {
        if (held.isCancelled()) {
            throw cancelled();
        }
    }

    /** A cancelled batch gets no more requests, even if it has none. The same requests are not sent again. */
    private GeminiImageException cancelled() throws IOException {
        batch = batch.submitted(null);
        held.save(batch);
        return new GeminiImageException("Batch '" + held.id() + "' was cancelled before all of it was submitted: "
                + batch.requests() + " requests had been sent. To submit it again, use another batch id");
    }

    /**
     * Checks that requests are those that were already submitted.
     *
     * @param batch with the same id
     * @throws InvalidRequestException when they differ
     */
    public static void checkSame(Batch batch, Iterator<KeyedRequest> requests) {
        if (batch.fingerprint() == null) {
            throw new InvalidRequestException("Batch '" + batch.id() + "' was cancelled before all of it was submitted,"
                    + " or was submitted elsewhere. An id belongs to one batch. Use another id for this batch");
        }
        RequestDigest digest = new RequestDigest();
        while (requests.hasNext()) {
            try (KeyedRequest request = requests.next()) {
                digest.add(request);
            }
        }
        if (!digest.value().equals(batch.fingerprint())) {
            throw others(batch.id());
        }
    }

    private GeminiImageException stopped() {
        return new GeminiImageException("The route stops while batch " + held.id()
                + " is being submitted. Submit the same batch again under this id to continue");
    }

    private InvalidRequestException others() {
        return others(held.id());
    }

    private static InvalidRequestException others(String id) {
        return new InvalidRequestException(
                "Batch '" + id + "' was submitted with other requests. An id belongs to one batch."
                        + " Use another id for this batch");
    }

    private void submit(PartDraft part) throws IOException {
        BatchPart known = held.part(part.number).orElse(null);
        if (known != null && !known.digest().equals(part.digest())) {
            throw others();
        }
        if (known != null && known.jobId() != null) {
            return;
        }
        BatchPart remembered = part.remembered(known == null ? Instant.now() : known.since());
        if (known != null) {
            Optional<Job> job = findInTime(known);
            if (job.isPresent()) {
                LOG.info(
                        "Batch {}: job {} had already been submitted",
                        held.id(),
                        job.get().id());
                held.save(known.of(job.get()));
                counted(part);
                return;
            }
        } else {
            part.saveKeys();
        }
        held.save(remembered);
        counted(part);
        Job job = submitted(part, remembered);
        held.save(remembered.of(job));
        if (held.isCancelled()) {
            throw cancelled(job);
        }
    }

    /** The cancellation did not know the last job yet, so it is cancelled here. */
    private GeminiImageException cancelled(Job last) throws IOException {
        GeminiImageException end = cancelled();
        try {
            service.cancel(last.id()).join();
        } catch (CompletionException e) {
            LOG.warn("Batch {}: job {} could not be cancelled. Cancel the batch again", held.id(), last.id());
            end.addSuppressed(Steps.cause(e));
        }
        return end;
    }

    /** The process that submitted it may have died a moment ago, before the job appears in the service's list. */
    private Optional<Job> findInTime(BatchPart known) throws IOException {
        Optional<Job> job = find(known);
        if (job.isPresent()) {
            return job;
        }
        if (!rested(UNTIL_LISTED)) {
            throw stopped();
        }
        return find(known);
    }

    private void counted(PartDraft part) throws IOException {
        if (part.number > batch.parts()) {
            batch = batch.withPart(part.keys());
            held.save(batch);
        }
    }

    /** Sends a job, with retries, until the service has it once. */
    private Job submitted(PartDraft part, BatchPart remembered) throws IOException {
        Duration pause = Duration.ofSeconds(1);
        // By any attempt: a job may exist from one attempt although the service refuses another.
        boolean made = false;
        for (int failures = 0; ; failures++) {
            if (!held.lasts()) {
                throw new IOException("Batch " + held.id() + " was taken over by another process");
            }
            if (held.isCancelled()) {
                Optional<Job> found = made ? find(remembered) : Optional.empty();
                if (found.isPresent()) {
                    return found.get();
                }
                isForgotten(part, remembered, made);
                throw cancelled();
            }
            GeminiImageException failure;
            try {
                return part.job.submit(remembered.name(), order.webhook()).join();
            } catch (CompletionException e) {
                if (!(Steps.cause(e) instanceof GeminiImageException known)) {
                    throw e;
                }
                failure = known;
            }
            made |= LostAnswer.isPossible(failure);
            if (made) {
                Optional<Job> found = find(remembered);
                if (found.isPresent()) {
                    return found.get();
                }
            }
            boolean again = LostAnswer.isPossible(failure) || failure instanceof RetryableError;
            Duration wait = max(asked(failure), made ? max(pause, UNTIL_LISTED) : pause);
            boolean tooLong = wait.compareTo(LONGEST_WAIT) > 0;
            if (!again || tooLong || failures >= order.maxRetries()) {
                if (tooLong) {
                    LOG.warn(
                            "Batch {}: the service requests a pause of {}, which is longer than {}",
                            held.id(),
                            wait,
                            LONGEST_WAIT);
                }
                giveUp(part, remembered, made);
                throw failure;
            }
            LOG.info(
                    "Batch {}: job {} is submitted again: {}",
                    held.id(),
                    part.number,
                    OutsideText.of(failure.getMessage()));
            if (!rested(wait)) {
                giveUp(part, remembered, made);
                throw stopped();
            }
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            Optional<Job> found = made ? find(remembered) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Forgets a job that the service does not have. One that may exist stays stored, so that it can be found. */
    private void giveUp(PartDraft part, BatchPart remembered, boolean made) throws IOException {
        if (!isForgotten(part, remembered, made)) {
            return;
        }
        if (batch.parts() == 0) {
            held.forget();
        } else {
            held.save(batch);
            LOG.warn(
                    "Batch {}: {} requests in {} jobs were submitted, the others were not. Submit the same batch again"
                            + " under this id to continue",
                    held.id(),
                    batch.requests(),
                    batch.parts());
        }
    }

    private boolean isForgotten(PartDraft part, BatchPart remembered, boolean made) throws IOException {
        // A part followed by others keeps its number.
        if (made || part.number < batch.parts()) {
            return false;
        }
        held.forget(remembered);
        batch = batch.withoutPart(part.keys());
        return true;
    }

    private Optional<Job> find(BatchPart part) throws IOException {
        try {
            return service.find(part.mark(held.jobs())).join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }

    private static Duration asked(GeminiImageException failure) {
        return failure instanceof RetryableError retryable && retryable.getRetryDelay() != null
                ? retryable.getRetryDelay()
                : Duration.ZERO;
    }

    /** Waits; false when the route stops meanwhile. */
    private boolean rested(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        while (goesOn.getAsBoolean()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            try {
                Thread.sleep(min(Duration.ofNanos(left), SLICE_OF_A_WAIT).toMillis() + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Divides requests into jobs. */
    private final class Parts {

        private final Iterator<KeyedRequest> requests;
        private final RequestDigest all = new RequestDigest();
        /** The first request of the next part, which did not fit into the part before. */
        private KeyedRequest left;

        Parts(Iterator<KeyedRequest> requests) {
            this.requests = requests;
        }

        boolean hasNext() {
            return left != null || requests.hasNext();
        }

        String digest() {
            return all.value();
        }

        PartDraft next(int number) throws IOException {
            boolean known = held.part(number).isPresent();
            PartDraft part = new PartDraft(held, number, service.draft(), known, order.keepsRequests());
            try {
                while (hasNext()) {
                    if (!goesOn.getAsBoolean()) {
                        throw stopped();
                    }
                    KeyedRequest request = left == null ? requests.next() : left;
                    left = null;
                    if (!added(request, part)) {
                        left = request;
                        break;
                    }
                    try (request) {
                        all.add(request);
                        part.add(request);
                    }
                }
                return part;
            } catch (Throwable e) {
                part.close();
                if (left != null) {
                    left.close();
                }
                part.forgetKeys();
                throw e;
            }
        }

        private boolean added(KeyedRequest request, PartDraft part) throws IOException {
            try {
                service.check(request.request());
                return addedAtLast(request, part);
            } catch (Throwable e) {
                request.close();
                throw e;
            }
        }

        /** The upload of a reference image may fail; the job is then unchanged, and it is retried. */
        private boolean addedAtLast(KeyedRequest request, PartDraft part) throws IOException {
            Duration pause = Duration.ofSeconds(1);
            for (int failures = 0; ; failures++) {
                try {
                    return part.job.add(request.key(), request.request());
                } catch (GeminiImageException e) {
                    Duration wait = max(asked(e), pause);
                    boolean again = e instanceof RetryableError && wait.compareTo(LONGEST_WAIT) <= 0;
                    if (!again || failures >= order.maxRetries()) {
                        throw e;
                    }
                    if (!rested(wait)) {
                        throw stopped();
                    }
                    pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
                }
            }
        }
    }
}
