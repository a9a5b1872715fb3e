package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through the parts of a batch, and gives each result that was not delivered yet. Used by one thread, except
 * {@link Item} and {@link #interrupt}.
 *
 * <p>A delivery is stored after it has happened. A process that dies in between delivers a result again, and loses
 * none.
 */
public final class BatchDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

    private static final int MOST_FAILURES_IN_A_ROW = 3;

    private final Batches.Held held;
    private final IdempotentRepository delivered;
    private final Setbacks setbacks;
    private final Resubmission resubmission;
    private final Batch batch;
    /** Parts without further results, some of which may still be in delivery. */
    private final List<Pass> ending = new ArrayList<>();

    private final AskedParts asked;
    private final JobQuestions questions;
    /** The number of results in delivery, plus one until this object is closed. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private final AtomicBoolean closed = new AtomicBoolean();

    private BatchPart lookedAt;
    private Pass current;
    private int open;
    private boolean failed;
    private int failuresInARow;
    private Exception firstFailure;
    private volatile PartResults reading;

    /**
     * @param held a batch that exists
     * @param delivered keys {@code batch/key} of delivered results
     * @param old whether the batch is so old that a job unknown to the service counts as lost, and repeated failures
     *     are given up. Otherwise both make the pass fail.
     * @param setbacks failures of earlier passes, kept for the next
     * @param resubmission submits requests again
     */
    public BatchDelivery(
            Batches.Held held,
            ImageBatches service,
            IdempotentRepository delivered,
            boolean old,
            Setbacks setbacks,
            Resubmission resubmission)
            throws IOException {
        this.held = held;
        this.delivered = delivered;
        this.setbacks = setbacks;
        this.resubmission = resubmission;
        this.batch = held.batch()
                .orElseThrow(() -> new IOException("Batch " + held.id() + " no longer exists in the batch repository"));
        this.questions = new JobQuestions(batch.id(), service, setbacks, old);
        this.asked = new AskedParts(held, batch, service, resubmission, setbacks.before());
    }

    /** The state of a part in this pass. */
    private static final class Pass {

        private final BatchPart part;
        private final PartResults results;
        private final Set<String> kept;
        private final Set<String> again = new HashSet<>();
        private final AtomicInteger underWay = new AtomicInteger();
        private final boolean lastTry;
        private volatile boolean left;
        /** Whether a result failed for a reason other than the route. */
        private volatile boolean setBack;
        /** Whether a new result was delivered. */
        private volatile boolean gotOn;
        /** Whether reading ended too early. */
        private boolean broke;

        private Boolean givenUp;
        private long succeeded;
        private long failed;

        /**
         * @param kept keys of stored requests, if requests may be submitted again
         * @param lastTry whether enough passes have failed
         */
        Pass(BatchPart part, PartResults results, Set<String> kept, boolean lastTry) {
            this.part = part;
            this.results = results;
            this.kept = kept;
            this.lastTry = lastTry;
        }
    }

    /** A result to deliver. Any thread may report the outcome, once. */
    public final class Item {

        private final Pass pass;
        private final BatchResult result;

        private Item(Pass pass, BatchResult result) {
            this.pass = pass;
            this.result = result;
        }

        /** The result to deliver. */
        public BatchResult result() {
            return result;
        }

        /** Reports that the result was delivered; it does not come again. */
        public void delivered() {
            try {
                delivered.add(name(result));
                pass.gotOn = true;
            } catch (RuntimeException e) {
                pass.left = true;
                LOG.warn(
                        "Result {} of batch {} was delivered, but this could not be stored. It will be delivered again: {}",
                        OutsideText.word(result.key()),
                        OutsideText.word(result.batch()),
                        OutsideText.of(e.toString()));
            } finally {
                ended();
            }
        }

        /** Reports that the result was not delivered; it comes again with a later pass. */
        public void left() {
            pass.left = true;
            ended();
        }

        /** Whether a conversion failure is final this time, because the conversion has failed too often. */
        public boolean isLastTry() {
            return pass.lastTry;
        }

        /** Reports that the picture could not be converted; it comes again with a later pass. */
        public void failed() {
            pass.setBack = true;
            left();
        }

        private void ended() {
            pass.underWay.decrementAndGet();
            letGo();
        }
    }

    /** The batch with its current counts. */
    public Batch batch() {
        return batch;
    }

    /**
     * Waits for the next result that was not delivered yet.
     *
     * @return null when there is none at the moment
     * @throws IOException when the connection to the service or the repository fails; the other results come with the
     *     next pass
     * @throws RuntimeException when the service refuses, usually a {@link GeminiImageException}
     */
    public Item next() throws IOException {
        while (true) {
            if (isInterrupted() || !held.lasts()) {
                throw new InterruptedIOException(
                        isInterrupted()
                                ? "The delivery was stopped"
                                : "Batch " + held.id() + " was taken over by another process");
            }
            BatchResult result;
            try {
                if (current == null && !openPart()) {
                    return null;
                }
                result = current.results.next();
                failuresInARow = 0;
            } catch (IOException | RuntimeException e) {
                if (!goesOn(e)) {
                    throw e;
                }
                continue;
            }
            if (result == null) {
                endPart();
            } else if (isWanted(result)) {
                current.underWay.incrementAndGet();
                holders.incrementAndGet();
                return new Item(current, result);
            }
        }
    }

    private boolean isWanted(BatchResult result) {
        try {
            boolean wanted = isNew(result);
            if (!wanted) {
                result.discard();
            }
            return wanted;
        } catch (Throwable e) {
            result.discard();
            throw e;
        }
    }

    private boolean isNew(BatchResult result) {
        boolean known = delivered.contains(name(result));
        if (!known && JobQuestions.passes(result.failure()) && !isGivenUp(current, result.failure())) {
            current.left = true;
            current.setBack |= !JobQuestions.isOurs(result.failure());
            LOG.warn(
                    "Result {} of batch {} is not available now and will be fetched again: {}",
                    OutsideText.word(result.key()),
                    OutsideText.word(result.batch()),
                    OutsideText.of(result.failure().getMessage()));
            return false;
        }
        if (!known && resubmission.wants(result, current.part) && current.kept.contains(result.key())) {
            current.again.add(result.key());
            return false;
        }
        count(result);
        return !known;
    }

    private boolean isGivenUp(Pass pass, Exception failure) {
        if (JobQuestions.isOurs(failure)) {
            return false;
        }
        if (pass.givenUp == null) {
            pass.givenUp = questions.isGivenUp(pass.part, failure);
        }
        return pass.givenUp;
    }

    /**
     * A part that fails does not affect the others. If several fail, the service is the likely cause, and the pass
     * ends.
     */
    private boolean goesOn(Exception failure) {
        if (isInterrupted()) {
            return false;
        }
        if (current != null && !current.gotOn && isGivenUp(current, failure)) {
            current.results.giveUp(failure);
            return true;
        }
        failuresInARow++;
        if (firstFailure == null) {
            firstFailure = failure;
        }
        if (current != null) {
            if (!current.gotOn) {
                questions.setBack(current.part, failure);
            }
            current.left = true;
            current.broke = true;
            endPart();
        }
        boolean isTheService = failuresInARow >= MOST_FAILURES_IN_A_ROW;
        if (isTheService && lookedAt != null) {
            setbacks.endedWith(lookedAt);
        }
        return !isTheService;
    }

    /**
     * Ends the pass. Call it when no result is in delivery any more.
     *
     * @return the state of the batch
     * @throws IOException when the state cannot be stored, or a part failed
     * @throws RuntimeException when a part failed, usually a {@link GeminiImageException}
     */
    public Outcome finish() throws IOException {
        endDelivered();
        if (firstFailure instanceof IOException broken) {
            throw broken;
        }
        if (firstFailure instanceof RuntimeException refused) {
            throw refused;
        }
        if (failed) {
            return Outcome.LEFT;
        }
        Batch now = held.batch().orElse(batch);
        boolean grows = now.stage() == Batch.Stage.SUBMITTING && !held.isCancelled();
        if (open > 0 || asked.seen() < now.parts() || grows) {
            return Outcome.WAITS;
        }
        held.saveDelivered(now);
        LOG.info(
                "Batch {} is delivered: {} requests with images, {} without",
                batch.id(),
                now.succeeded(),
                now.failed());
        return Outcome.DELIVERED;
    }

    /** The state of a batch after a pass. */
    public enum Outcome {
        /** All results were delivered. */
        DELIVERED,
        /** The service is not done. */
        WAITS,
        /** Some results were not delivered. */
        LEFT
    }

    /** Makes {@link #next} end soon. May be called by another thread. */
    public void interrupt() {
        questions.interrupt();
        PartResults read = reading;
        if (read != null) {
            read.close();
        }
    }

    /** Whether {@link #interrupt} was called. */
    public boolean isInterrupted() {
        return questions.isInterrupted();
    }

    /** Holds the batch until the last result in delivery is reported, so that no other process delivers it too. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            asked.close();
            PartResults read = reading;
            if (read != null) {
                read.close();
            }
        } finally {
            letGo();
        }
    }

    private void letGo() {
        if (holders.decrementAndGet() == 0) {
            held.close();
        }
    }

    private boolean openPart() throws IOException {
        while (true) {
            lookedAt = null;
            endDelivered();
            AskedParts.Asking next = asked.next();
            if (next == null) {
                setbacks.cameToAll();
                return false;
            }
            lookedAt = next.part();
            if (open(next)) {
                return true;
            }
        }
    }

    /** False when the part has nothing to deliver now. */
    private boolean open(AskedParts.Asking asking) throws IOException {
        JobQuestions.Answer answer = questions.stands(asking.part(), () -> asked.answer(asking, questions));
        BatchPart part = answer.of(asking.part());
        if (!part.equals(asking.part())) {
            held.save(part);
        }
        if (!answer.isDone()) {
            failuresInARow = 0;
            open++;
            return false;
        }
        Map<String, Asked> keys = new LinkedHashMap<>();
        Set<String> kept = new HashSet<>();
        held.keys(part, key -> {
            keys.put(key.key(), key.asked());
            if (resubmission.isOn() && key.request() != null) {
                kept.add(key.key());
            }
        });
        if (answer.results() == null) {
            answer = questions.results(part, answer.job(), keys::get);
        }
        boolean ours = part.name() != null;
        reading = new PartResults(ours ? batch.id() : part.jobId(), answer.job(), keys, ours, answer.results());
        if (answer.failure() != null) {
            reading.giveUp(answer.failure());
        }
        current = new Pass(part, reading, kept, questions.isTriedEnough(part));
        return true;
    }

    private void endPart() {
        reading = null;
        current.results.close();
        ending.add(current);
        current = null;
    }

    /** Parts with nothing left to deliver are not read again. */
    private void endDelivered() throws IOException {
        for (Iterator<Pass> passes = ending.iterator(); passes.hasNext(); ) {
            Pass pass = passes.next();
            if (pass.underWay.get() > 0) {
                continue;
            }
            passes.remove();
            if (pass.broke) {
                if (pass.gotOn) {
                    setbacks.worked(pass.part);
                }
            } else if (pass.setBack) {
                setbacks.failed(pass.part);
            } else {
                setbacks.worked(pass.part);
            }
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
}
