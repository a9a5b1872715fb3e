package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.core.JacksonException;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.model.Asked;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through the parts of a batch and brings each result that has not been delivered yet. Used by one thread, but for
 * {@link Item} and {@link #interrupt}.
 *
 * <p>What was delivered is noted after the fact. So a process that dies in between brings a result once more, and loses none.
 */
public final class BatchDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

    private static final String UNKNOWN = "the service does not know it any more";
    private static final int AT_A_TIME = 8;
    private static final int MOST_FAILURES_IN_A_ROW = 3;

    private final Batches.Held held;
    private final ImageBatches service;
    private final IdempotentRepository delivered;
    private final boolean lostIfUnknown;
    private final Resubmission resubmission;
    private final Batch batch;
    /** Parts all of whose results were handed out, and may be under way. */
    private final List<Pass> ending = new ArrayList<>();
    /** Parts of which the service was asked how they stand. */
    private final Deque<Asking> asked = new ArrayDeque<>();

    private Pass current;
    private int last;
    private int open;
    private boolean failed;
    private int failuresInARow;
    private Exception firstFailure;
    private volatile CompletableFuture<?> asking;
    private volatile PartResults reading;
    private volatile boolean interrupted;

    /**
     * @param held a batch that is there
     * @param delivered keys {@code batch/key} of results that have been delivered
     * @param lostIfUnknown whether a job that the service does not know is lost; otherwise that is a failure of the question
     * @param resubmission by which requests are asked for again
     */
    public BatchDelivery(
            Batches.Held held,
            ImageBatches service,
            IdempotentRepository delivered,
            boolean lostIfUnknown,
            Resubmission resubmission)
            throws IOException {
        this.held = held;
        this.service = service;
        this.delivered = delivered;
        this.lostIfUnknown = lostIfUnknown;
        this.resubmission = resubmission;
        this.batch = held.batch()
                .orElseThrow(() -> new IOException("Batch " + held.id() + " is gone from the repository of batches"));
    }

    private record Asking(BatchPart part, CompletableFuture<Optional<Job>> job) {}

    /** What a part has come to. */
    private static final class Pass {

        private final BatchPart part;
        private final PartResults results;
        private final Set<String> kept;
        private final Set<String> again = new HashSet<>();
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean left;
        private long succeeded;
        private long failed;

        /** @param kept keys whose requests are kept, where they may be asked for again */
        Pass(BatchPart part, PartResults results, Set<String> kept) {
            this.part = part;
            this.results = results;
            this.kept = kept;
        }
    }

    /** A result that somebody delivers, or fails to; told by any thread, once. */
    public final class Item {

        private final Pass pass;
        private final BatchResult result;

        private Item(Pass pass, BatchResult result) {
            this.pass = pass;
            this.result = result;
        }

        public BatchResult result() {
            return result;
        }

        /** It was delivered, and will not come again. */
        public void delivered() {
            try {
                delivered.add(name(result));
            } catch (RuntimeException e) {
                pass.left = true;
                LOG.warn(
                        "Result {} of batch {} was delivered, which cannot be noted, so it will be once more: {}",
                        result.key(),
                        result.batch(),
                        e.toString());
            } finally {
                pass.underWay.decrementAndGet();
            }
        }

        /** It was not, and comes again with a later pass. */
        public void left() {
            pass.left = true;
            pass.underWay.decrementAndGet();
        }
    }

    public Batch batch() {
        return batch;
    }

    /**
     * Waits for the next result that has not been delivered.
     *
     * @return null when there is no other now
     * @throws IOException when the connection to the service or the repository fails; what was not brought comes with the next
     *     pass
     * @throws io.github.camelgemini.image.error.GeminiImageException when the service refuses
     */
    public Item next() throws IOException {
        while (true) {
            if (interrupted || !held.lasts()) {
                throw new InterruptedIOException(
                        interrupted ? "The delivery ends" : "Batch " + held.id() + " was taken over by somebody else");
            }
            try {
                if (current == null && !openPart()) {
                    return null;
                }
                BatchResult result = current.results.next();
                if (result == null) {
                    endPart();
                    failuresInARow = 0;
                } else if (isWanted(result)) {
                    current.underWay.incrementAndGet();
                    return new Item(current, result);
                }
            } catch (IOException e) {
                partFailed(e);
            } catch (GeminiImageException e) {
                partFailed(e);
            }
        }
    }

    private boolean isWanted(BatchResult result) {
        if (passes(result.failure())) {
            current.left = true;
            LOG.warn(
                    "Result {} of batch {} cannot be had now and is asked for again: {}",
                    result.key(),
                    result.batch(),
                    result.failure().getMessage());
            return false;
        }
        boolean known = delivered.contains(name(result));
        if (!known && resubmission.wants(result, current.part) && current.kept.contains(result.key())) {
            current.again.add(result.key());
            return false;
        }
        count(result);
        if (known) {
            result.discard();
        }
        return !known;
    }

    /** One part that fails does not keep others from being brought; when several do, it is the service. */
    private <E extends Exception> void partFailed(E failure) throws E {
        failuresInARow++;
        if (interrupted || failuresInARow == MOST_FAILURES_IN_A_ROW) {
            throw failure;
        }
        if (firstFailure == null) {
            firstFailure = failure;
        }
        if (current != null) {
            current.left = true;
            endPart();
        }
    }

    /**
     * Ends the pass; to be called when nothing is under way any more.
     *
     * @return how the batch stands
     * @throws IOException when that cannot be kept, or a part failed
     * @throws GeminiImageException when a part failed
     */
    public Outcome finish() throws IOException {
        endDelivered();
        if (firstFailure instanceof IOException broken) {
            throw broken;
        }
        if (firstFailure instanceof GeminiImageException refused) {
            throw refused;
        }
        if (failed) {
            return Outcome.LEFT;
        }
        Batch now = held.batch().orElse(batch);
        boolean grows = now.stage() == Batch.Stage.SUBMITTING && !held.isCancelled();
        if (open > 0 || last < now.parts() || grows) {
            return Outcome.WAITS;
        }
        held.save(now.delivered());
        LOG.info(
                "Batch {} is delivered: {} requests with pictures, {} without",
                batch.id(),
                now.succeeded(),
                now.failed());
        return Outcome.DELIVERED;
    }

    /** How a batch stands after a pass. */
    public enum Outcome {
        /** All of it has been delivered. */
        DELIVERED,
        /** The service is not done with it. */
        WAITS,
        /** There are results that were not taken. */
        LEFT
    }

    /** Has {@link #next} end soon, from another thread. */
    public void interrupt() {
        interrupted = true;
        CompletableFuture<?> asked = asking;
        if (asked != null) {
            asked.cancel(true);
        }
        PartResults read = reading;
        if (read != null) {
            read.close();
        }
    }

    /** Whether it ends. */
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        try {
            if (reading != null) {
                reading.close();
            }
        } finally {
            held.close();
        }
    }

    private boolean openPart() throws IOException {
        while (true) {
            endDelivered();
            askAhead();
            Asking next = asked.poll();
            if (next == null) {
                return false;
            }
            if (open(next.part(), next.job())) {
                return true;
            }
        }
    }

    /** A batch of a queue has a job for each request: several are asked about at a time. */
    private void askAhead() throws IOException {
        while (last < batch.parts() && asked.size() < AT_A_TIME) {
            Optional<BatchPart> part = held.part(last + 1);
            last++;
            if (part.isPresent() && !part.get().delivered()) {
                asked.add(new Asking(part.get(), job(part.get())));
            }
        }
    }

    /** False when there is nothing to bring of it now. */
    private boolean open(BatchPart part, CompletableFuture<Optional<Job>> asking) throws IOException {
        BatchPart now = part;
        Map<String, Asked> keys = new LinkedHashMap<>();
        Set<String> kept = new HashSet<>();
        Job job;
        JobResults results;
        try {
            job = wait(asking).orElse(null);
            if (job != null && !part.of(job).equals(part)) {
                now = part.of(job);
                held.save(now);
            }
            if (job == null || !job.state().isDone()) {
                open++;
                return false;
            }
            readKeys(now, keys, kept);
            results = wait(service.results(job.id(), keys::get));
        } catch (BatchNotFoundException e) {
            if (!lostIfUnknown) {
                throw e;
            }
            LOG.warn("Batch {}: the service does not know job {} any more", batch.id(), now.jobId());
            job = without(now, now.state() == null ? JobState.PENDING : now.state(), UNKNOWN);
            results = JobResults.NONE;
            readKeys(now, keys, kept);
        } catch (InvalidRequestException e) {
            if (!part.again() || part.jobId() != null) {
                throw e;
            }
            LOG.warn("Batch {}: requests cannot be asked for again: {}", batch.id(), e.getMessage());
            job = without(now, JobState.FAILED, e.getMessage());
            results = JobResults.NONE;
            readKeys(now, keys, kept);
        }
        boolean ours = now.name() != null;
        reading = new PartResults(ours ? batch.id() : now.jobId(), job, keys, ours, results);
        current = new Pass(now, reading, kept);
        return true;
    }

    private void readKeys(BatchPart part, Map<String, Asked> keys, Set<String> kept) throws IOException {
        held.keys(part, key -> {
            keys.put(key.key(), key.asked());
            if (resubmission.isOn() && key.request() != null) {
                kept.add(key.key());
            }
        });
    }

    /** Empty for one of which nobody knows yet whether there is one. */
    private CompletableFuture<Optional<Job>> job(BatchPart part) throws IOException {
        if (part.jobId() == null && part.again()) {
            return jobAgain(part);
        }
        if (part.jobId() == null) {
            // Whoever submitted it died before the answer came.
            return service.find(part.mark(held.jobs()));
        }
        return part.state() == JobState.SUCCEEDED
                ? CompletableFuture.completedFuture(Optional.of(Job.of(part.jobId(), part.name(), JobState.SUCCEEDED)))
                : service.retrieve(part.jobId()).thenApply(Optional::of);
    }

    private CompletableFuture<Optional<Job>> jobAgain(BatchPart part) throws IOException {
        try {
            return resubmission.job(held, part, batch.webhook(), service);
        } catch (GeminiImageException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Job without(BatchPart part, JobState state, String why) {
        String id = part.jobId() == null ? part.name() : part.jobId();
        return new Job(id, part.name(), state, -1, -1, -1, -1, null, null, why);
    }

    private void endPart() {
        reading = null;
        current.results.close();
        ending.add(current);
        current = null;
    }

    /** Parts all of whose results have been delivered need not be looked at again. */
    private void endDelivered() throws IOException {
        for (Iterator<Pass> passes = ending.iterator(); passes.hasNext(); ) {
            Pass pass = passes.next();
            if (pass.underWay.get() > 0) {
                continue;
            }
            passes.remove();
            if (pass.left) {
                failed = true;
                continue;
            }
            if (!pass.again.isEmpty()) {
                resubmission.remember(held, pass.part, pass.again);
            }
            held.save(pass.part.asDelivered());
            held.save(held.batch().orElse(batch).with(pass.succeeded, pass.failed));
            held.forgetKeys(pass.part);
        }
    }

    /** Whether it is a failure of a connection or of this machine, and none of the result. */
    private static boolean passes(GeminiImageException failure) {
        if (failure == null || failure instanceof MalformedResponseException || failure.getHttpStatus() != 0) {
            return false;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return !(cause instanceof JacksonException);
            }
        }
        return false;
    }

    private void count(BatchResult result) {
        if (result.result() != null) {
            current.succeeded++;
        } else {
            current.failed++;
        }
    }

    private String name(BatchResult result) {
        return batch.id() + "/" + (result.key() == null ? "" : result.key());
    }

    private <T> T wait(CompletableFuture<T> answer) throws IOException {
        asking = answer;
        if (interrupted) {
            answer.cancel(true);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (Steps.cause(e.getCause()) instanceof RuntimeException known) {
                throw known;
            }
            throw new IOException(e.getCause());
        } catch (CancellationException e) {
            throw new InterruptedIOException("The delivery ends");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The delivery ends");
        } finally {
            asking = null;
        }
    }
}
