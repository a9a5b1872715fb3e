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
 * Goes once through the parts of a batch and brings each result that has not been delivered yet. Used by one thread, but for
 * {@link Item} and {@link #interrupt}.
 *
 * <p>What was delivered is noted after the fact. So a process that dies in between brings a result once more, and loses none.
 */
public final class BatchDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

    private static final int MOST_FAILURES_IN_A_ROW = 3;

    private final Batches.Held held;
    private final IdempotentRepository delivered;
    private final Setbacks setbacks;
    private final Resubmission resubmission;
    private final Batch batch;
    /** Parts all of whose results were handed out, and may be under way. */
    private final List<Pass> ending = new ArrayList<>();

    private final AskedParts asked;
    private final JobQuestions questions;
    /** One for each result that is under way, and one until this is closed. */
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
     * @param held a batch that is there
     * @param delivered keys {@code batch/key} of results that have been delivered
     * @param old whether the batch is so old that a job which the service does not know is lost, and that what fails in each
     *     pass is given up; otherwise that is a failure of the pass
     * @param setbacks of earlier passes, kept for the next
     * @param resubmission by which requests are asked for again
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

    /** What a part has come to. */
    private static final class Pass {

        private final BatchPart part;
        private final PartResults results;
        private final Set<String> kept;
        private final Set<String> again = new HashSet<>();
        private final AtomicInteger underWay = new AtomicInteger();
        private final boolean lastTry;
        private volatile boolean left;
        /** Whether a result failed that is none of the route's. */
        private volatile boolean setBack;
        /** Whether a result was delivered that had not been before. */
        private volatile boolean gotOn;
        /** Whether it ended before its end. */
        private boolean broke;

        private Boolean givenUp;
        private long succeeded;
        private long failed;

        /**
         * @param kept keys whose requests are kept, where they may be asked for again
         * @param lastTry whether enough passes have failed
         */
        Pass(BatchPart part, PartResults results, Set<String> kept, boolean lastTry) {
            this.part = part;
            this.results = results;
            this.kept = kept;
            this.lastTry = lastTry;
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

        /** It was not, and comes again with a later pass. */
        public void left() {
            pass.left = true;
            ended();
        }

        /** Whether it counts as told when its picture cannot be converted, since that has failed time and again. */
        public boolean isLastTry() {
            return pass.lastTry;
        }

        /** Its picture could not be converted, and comes again with a later pass. */
        public void failed() {
            pass.setBack = true;
            left();
        }

        private void ended() {
            pass.underWay.decrementAndGet();
            letGo();
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
     * @throws RuntimeException when the service refuses, mostly a {@link GeminiImageException}
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

    /** One part that fails does not keep others from being brought; when several do, it is the service. */
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
     * Ends the pass; to be called when nothing is under way any more.
     *
     * @return how the batch stands
     * @throws IOException when that cannot be kept, or a part failed
     * @throws RuntimeException when a part failed, mostly a {@link GeminiImageException}
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
        questions.interrupt();
        PartResults read = reading;
        if (read != null) {
            read.close();
        }
    }

    /** Whether it ends. */
    public boolean isInterrupted() {
        return questions.isInterrupted();
    }

    /** The batch stays held until the last result that is under way is told of, so that nobody else brings that as well. */
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

    /** False when there is nothing to bring of it now. */
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

    /** Parts all of whose results have been delivered need not be looked at again. */
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
