package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.model.Asked;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Batches.Held held;
    private final ImageBatches service;
    private final IdempotentRepository delivered;
    private final boolean lostIfUnknown;
    private final Batch batch;
    /** Parts all of whose results were handed out, and may be under way. */
    private final List<Pass> ending = new ArrayList<>();

    private Pass current;
    private int last;
    private int open;
    private boolean failed;
    private volatile CompletableFuture<?> asking;
    private volatile PartResults reading;
    private volatile boolean interrupted;

    /**
     * @param held a batch that is there
     * @param delivered keys {@code batch/key} of results that have been delivered
     * @param lostIfUnknown whether a job that the service does not know is lost; otherwise that is a failure of the question
     */
    public BatchDelivery(Batches.Held held, ImageBatches service, IdempotentRepository delivered, boolean lostIfUnknown)
            throws IOException {
        this.held = held;
        this.service = service;
        this.delivered = delivered;
        this.lostIfUnknown = lostIfUnknown;
        this.batch = held.batch()
                .orElseThrow(() -> new IOException("Batch " + held.id() + " is gone from the repository of batches"));
    }

    /** What a part has come to. */
    private static final class Pass {

        private final BatchPart part;
        private final PartResults results;
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean left;
        private long succeeded;
        private long failed;

        Pass(BatchPart part, PartResults results) {
            this.part = part;
            this.results = results;
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
            if (current == null && !openPart()) {
                return null;
            }
            BatchResult result = current.results.next();
            if (result == null) {
                endPart();
            } else {
                count(result);
                if (!delivered.contains(name(result))) {
                    current.underWay.incrementAndGet();
                    return new Item(current, result);
                }
                result.discard();
            }
        }
    }

    /**
     * Ends the pass; to be called when nothing is under way any more.
     *
     * @return how the batch stands
     * @throws IOException when that cannot be kept
     */
    public Outcome finish() throws IOException {
        endDelivered();
        if (failed) {
            return Outcome.LEFT;
        }
        Batch now = held.batch().orElse(batch);
        if (open > 0 || last < now.parts() || now.stage() == Batch.Stage.SUBMITTING) {
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

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
        held.close();
    }

    private boolean openPart() throws IOException {
        while (last < batch.parts()) {
            endDelivered();
            Optional<BatchPart> part = held.part(last + 1);
            last++;
            if (part.isPresent() && !part.get().delivered() && open(part.get())) {
                return true;
            }
        }
        return false;
    }

    /** False when there is nothing to bring of it now. */
    private boolean open(BatchPart part) throws IOException {
        Map<String, Asked> keys = new LinkedHashMap<>();
        BatchPart now = part;
        Job job;
        JobResults results;
        try {
            job = job(part);
            if (job != null && !part.of(job).equals(part)) {
                now = part.of(job);
                held.save(now);
            }
            if (job == null || !job.state().isDone()) {
                open++;
                return false;
            }
            held.keys(now, key -> keys.put(key.key(), key.asked()));
            results = wait(service.results(job.id(), keys::get));
        } catch (BatchNotFoundException e) {
            if (!lostIfUnknown) {
                throw e;
            }
            LOG.warn("Batch {}: the service does not know job {} any more", batch.id(), now.jobId());
            job = lost(now);
            results = JobResults.NONE;
            held.keys(now, key -> keys.put(key.key(), key.asked()));
        }
        boolean ours = now.name() != null;
        reading = new PartResults(ours ? batch.id() : now.jobId(), job, keys, ours, results);
        current = new Pass(now, reading);
        return true;
    }

    /** Null for one of which nobody knows yet whether there is one. */
    private Job job(BatchPart part) throws IOException {
        if (part.jobId() == null) {
            // Whoever submitted it died before the answer came.
            return wait(service.find(part.mark())).orElse(null);
        }
        return part.state() == JobState.SUCCEEDED
                ? Job.of(part.jobId(), part.name(), JobState.SUCCEEDED)
                : wait(service.retrieve(part.jobId()));
    }

    private static Job lost(BatchPart part) {
        JobState state = part.state() == null ? JobState.PENDING : part.state();
        return new Job(
                part.jobId(), part.name(), state, -1, -1, -1, -1, null, null, "the service does not know it any more");
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
            held.save(pass.part.asDelivered());
            held.save(held.batch().orElse(batch).with(pass.succeeded, pass.failed));
            held.forgetKeys(pass.part);
        }
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
