package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.request.KeyedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
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
     * @throws GeminiImageException when the service refuses; what it has taken before stays there, and is gone on with by
     *     submitting the same again
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
        Parts parts = new Parts(requests);
        int number = 0;
        while (parts.hasNext()) {
            number++;
            try (Part part = parts.next(number)) {
                submit(part);
            }
            if (number % JOBS_OF_A_MESSAGE == 0) {
                LOG.info("Batch {}: {} requests are with the service in {} jobs", held.id(), batch.requests(), number);
            }
        }
        if (number == 0) {
            throw new InvalidRequestException("A batch needs at least one request; the message has none");
        }
        if (number < batch.parts()) {
            throw others();
        }
        batch = batch.submitted(parts.digest());
        held.save(batch);
        return batch;
    }

    /**
     * Reads requests that were submitted already.
     *
     * @param batch under whose id they come again
     * @throws InvalidRequestException when they are others
     */
    public static void checkSame(Batch batch, Iterator<KeyedRequest> requests) {
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

    private InvalidRequestException others() {
        return others(held.id());
    }

    private static InvalidRequestException others(String id) {
        return new InvalidRequestException("Batch '" + id
                + "' was submitted with other requests. An id is of one batch:" + " give this one another");
    }

    private void submit(Part part) throws IOException {
        BatchPart known = held.part(part.number).orElse(null);
        if (known != null && !known.digest().equals(part.digest)) {
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
                        "Batch {}: job {} was submitted before",
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
        held.save(remembered.of(submitted(part, remembered)));
    }

    /** Whoever submitted it may have died a moment ago, before the service lists what it has made. */
    private Optional<Job> findInTime(BatchPart known) throws IOException {
        Optional<Job> job = find(known);
        if (job.isPresent()) {
            return job;
        }
        try {
            Thread.sleep(UNTIL_LISTED.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The submission of batch " + held.id() + " was interrupted", e);
        }
        return find(known);
    }

    private void counted(Part part) throws IOException {
        if (part.number > batch.parts()) {
            batch = batch.withPart(part.keys);
            held.save(batch);
        }
    }

    /** Sends a job as often as it takes until the service has it, once. */
    private Job submitted(Part part, BatchPart remembered) throws IOException {
        Duration pause = Duration.ofSeconds(1);
        // Of any attempt: what one may have made is not undone by the refusal of another.
        boolean made = false;
        for (int failures = 0; ; failures++) {
            if (!held.lasts()) {
                throw new IOException("Batch " + held.id() + " was taken over by somebody else");
            }
            GeminiImageException failure;
            try {
                return part.draft.submit(remembered.name(), order.webhook()).join();
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
            if (!again || failures >= order.maxRetries()) {
                giveUp(part, remembered, made);
                throw failure;
            }
            LOG.info("Batch {}: job {} is submitted again: {}", held.id(), part.number, failure.getMessage());
            pause(failure, made ? max(pause, UNTIL_LISTED) : pause);
            pause = min(pause.multipliedBy(2), LONGEST_WAIT);
            Optional<Job> found = made ? find(remembered) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** What the service has not is not looked for any more; what it may have stays to be found. */
    private void giveUp(Part part, BatchPart remembered, boolean made) throws IOException {
        if (made) {
            return;
        }
        held.forget(remembered);
        batch = batch.withoutPart(part.keys);
        if (batch.parts() == 0) {
            held.forget();
        } else {
            held.save(batch);
            LOG.warn(
                    "Batch {}: {} requests in {} jobs are with the service, the rest is not. Submit the same again under"
                            + " this id to go on",
                    held.id(),
                    batch.requests(),
                    batch.parts());
        }
    }

    private Optional<Job> find(BatchPart part) throws IOException {
        try {
            return service.find(part.mark(held.jobs())).join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }

    private void pause(GeminiImageException failure, Duration least) {
        Duration asked = failure instanceof RetryableError retryable && retryable.getRetryDelay() != null
                ? retryable.getRetryDelay()
                : Duration.ZERO;
        try {
            Thread.sleep(max(asked, least).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
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

        Part next(int number) throws IOException {
            Part part = new Part(number, service.draft(), held.part(number).isPresent());
            try {
                RequestDigest digest = new RequestDigest();
                while (hasNext()) {
                    if (!goesOn.getAsBoolean()) {
                        throw new GeminiImageException("The route stops while batch " + held.id()
                                + " is being submitted. Submit the same again under this id to go on");
                    }
                    KeyedRequest request = left == null ? requests.next() : left;
                    left = null;
                    if (!added(request, part)) {
                        left = request;
                        break;
                    }
                    try (request) {
                        digest.add(request);
                        all.add(request);
                        part.add(request);
                    }
                }
                part.digest = digest.value();
                return part;
            } catch (Throwable e) {
                part.close();
                if (left != null) {
                    left.close();
                }
                if (held.part(number).isEmpty()) {
                    held.forgetKeys(number, part.pages);
                }
                throw e;
            }
        }

        private boolean added(KeyedRequest request, Part part) throws IOException {
            try {
                service.check(request.request());
                return part.draft.add(request.key(), request.request());
            } catch (Throwable e) {
                request.close();
                throw e;
            }
        }
    }

    /** The requests of one job. */
    private final class Part implements AutoCloseable {

        private final int number;
        private final JobDraft draft;
        private final boolean known;
        private final List<BatchKey> page = new ArrayList<>();
        private long keys;
        private int pages;
        private String digest;

        /** @param known whether it was remembered before, and its keys with it */
        Part(int number, JobDraft draft, boolean known) {
            this.number = number;
            this.draft = draft;
            this.known = known;
        }

        void add(KeyedRequest request) throws IOException {
            keys++;
            page.add(new BatchKey(
                    request.key(),
                    request.request().asked(),
                    order.keepsRequests() ? KeptRequest.of(request.request()) : null));
            if (page.size() == Batches.KEYS_OF_PAGE) {
                saveKeys();
            }
        }

        /** Those that are not remembered yet. A job that is not submitted is not missed. */
        void saveKeys() throws IOException {
            if (!page.isEmpty() && !known) {
                held.saveKeys(number, ++pages, page);
            }
            page.clear();
        }

        BatchPart remembered(Instant since) {
            return new BatchPart(
                    number,
                    "%s.%04d".formatted(held.id(), number),
                    digest,
                    draft.fingerprint(),
                    since,
                    null,
                    null,
                    keys,
                    (int) ((keys + Batches.KEYS_OF_PAGE - 1) / Batches.KEYS_OF_PAGE),
                    false,
                    false);
        }

        @Override
        public void close() {
            draft.close();
        }
    }
}
