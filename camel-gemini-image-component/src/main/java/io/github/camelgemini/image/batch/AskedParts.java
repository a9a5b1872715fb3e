package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The parts of a batch that have not been delivered, each with the question how it stands. A batch of a queue has a job for each
 * request, so several are asked about at a time. Used by one thread.
 */
final class AskedParts implements AutoCloseable {

    private static final int AT_A_TIME = 8;

    private final Batches.Held held;
    private final Batch batch;
    private final ImageBatches service;
    private final Resubmission resubmission;
    private final int before;
    private final Deque<Asking> asked = new ArrayDeque<>();
    private int seen;

    /**
     * @param job how it stands; empty when nobody knows yet whether there is one; null for a part that is asked for again, which
     *     begins once it has its turn
     */
    record Asking(BatchPart part, CompletableFuture<Optional<Job>> job) {}

    /**
     * @param before parts at the beginning that have their turn after all others
     * @param resubmission by which requests are asked for again
     */
    AskedParts(Batches.Held held, Batch batch, ImageBatches service, Resubmission resubmission, int before) {
        this.held = held;
        this.batch = batch;
        this.service = service;
        this.resubmission = resubmission;
        this.before = before;
    }

    /**
     * The next one.
     *
     * @return null after the last
     * @throws IOException when what is remembered of a part cannot be read; the next call goes on behind it
     */
    Asking next() throws IOException {
        while (seen < batch.parts() && asked.size() < AT_A_TIME) {
            int number = (before + seen) % batch.parts() + 1;
            seen++;
            Optional<BatchPart> part = held.part(number);
            if (part.isPresent() && !part.get().delivered()) {
                asked.add(new Asking(part.get(), job(part.get())));
            }
        }
        return asked.poll();
    }

    /** How many parts were looked at. */
    int seen() {
        return seen;
    }

    /**
     * Waits for how the job of a part stands.
     *
     * @return empty when nobody knows yet whether there is one
     */
    Optional<Job> answer(Asking asking, Resubmission.Answers answers) throws IOException {
        return asking.job() == null
                ? resubmission.job(held, asking.part(), batch.webhook(), service, answers)
                : answers.wait(asking.job());
    }

    private CompletableFuture<Optional<Job>> job(BatchPart part) throws IOException {
        if (part.asksAgain()) {
            return null;
        }
        if (part.jobId() == null) {
            // Whoever submitted it died before the answer came.
            return service.find(part.mark(held.jobs()));
        }
        return part.state() == JobState.SUCCEEDED
                ? CompletableFuture.completedFuture(Optional.of(Job.of(part.jobId(), part.name(), JobState.SUCCEEDED)))
                : service.retrieve(part.jobId()).thenApply(Optional::of);
    }

    /** Nobody waits for an answer any more. */
    @Override
    public void close() {
        asked.stream().map(Asking::job).filter(Objects::nonNull).forEach(job -> job.cancel(true));
        asked.clear();
    }
}
