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
 * Makes the jobs of a batch out of its requests: as few as the service allows, each one once.
 *
 * <p>What is to be submitted is remembered before the service hears of it. So whoever comes after a crash, with the same
 * requests under the same id, or to bring the results, knows what was under way and looks for it at the service.
 */
public final class BatchSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(BatchSubmission.class);

    /** How long a service may take to list what it has just made. */
    private static final Duration UNTIL_LISTED = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A service that asks for more is not waited for: who submits again can. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Duration SLICE_OF_A_WAIT = Duration.ofMillis(200);
    /** A queue of thousands says now and then how far it is. */
    private static final int JOBS_OF_A_MESSAGE = 500;

    /**
     * What is to be submitted, beside the requests.
     *
     * @param service whose batch it is, as in the option {@code service}
     * @param server host that is called
     * @param webhook public address that the service is to call; null for none
     * @param keepsRequests whether they are remembered, to be asked again when they were not drawn
     * @param maxRetries how often in a row a submission that failed is tried again
     */
    public record Order(String service, String server, URI webhook, boolean keepsRequests, int maxRetries) {}

    private final Batches.Held held;
    private final ImageBatches service;
    private final Order order;
    private final BooleanSupplier goesOn;
    private Batch batch;

    /**
     * @param held the batch, be it there or not
     * @param goesOn asked before each request; false ends the submission, which can be gone on with later
     */
    public BatchSubmission(Batches.Held held, ImageBatches service, Order order, BooleanSupplier goesOn) {
        this.held = held;
        this.service = service;
        this.order = order;
        this.goesOn = goesOn;
    }

    /**
     * Submits requests, or what of them was not submitted before. Blocks for as long as that takes.
     *
     * @param requests each is closed here
     * @return the batch, all of which is with the service
     * @throws InvalidRequestException when there are none, or others than those that were submitted under this id
     * @throws GeminiImageException when the service refuses, or wants to be waited for longer than five minutes; what it has
     *     taken before stays there, and is gone on with by submitting the same again. Or when the batch is cancelled
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

    /** That of the next part of ours: while a submission rests, results may be missed and asked for again in parts of their own. */
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

    /** It gets no more requests, also when it has none, so that the same that come again are not sent. */
    private GeminiImageException cancelled() throws IOException {
        batch = batch.submitted(null);
        held.save(batch);
        return new GeminiImageException("Batch '" + held.id() + "' was cancelled before all of it was submitted: "
                + batch.requests() + " requests had been sent. To submit it again, use another batch id");
    }

    /**
     * Reads requests that were submitted already.
     *
     * @param batch under whose id they come again
     * @throws InvalidRequestException when they are others
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

    /** Whoever cancelled the batch did not know of its last job yet. */
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

    /** Whoever submitted it may have died a moment ago, before the service lists what it has made. */
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

    /** Sends a job as often as it takes until the service has it, once. */
    private Job submitted(PartDraft part, BatchPart remembered) throws IOException {
        Duration pause = Duration.ofSeconds(1);
        // Of any attempt: what one may have made is not undone by the refusal of another.
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

    /** What the service has not is not looked for any more; what it may have stays to be found. */
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
        // One with others behind it keeps its number.
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

    /** Requests by jobs. */
    private final class Parts {

        private final Iterator<KeyedRequest> requests;
        private final RequestDigest all = new RequestDigest();
        /** The first of the next part: it did not fit into the one before. */
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

        /** An upload of a reference picture that fails leaves the job as it was. */
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
