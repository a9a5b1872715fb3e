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
 * The undelivered parts of a batch, each with the call that gets its state. A batch in a queue has a job for each
 * request, so several calls run in parallel. Used by one thread.
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
     * @param job its state; empty when it is not known yet whether the job exists; null for repeated requests, whose
     *     call begins when it is their turn
     */
    record Asking(BatchPart part, CompletableFuture<Optional<Job>> job) {}

    /**
     * @param before number of parts at the beginning that come after all others
     * @param resubmission submits requests again
     */
    AskedParts(Batches.Held held, Batch batch, ImageBatches service, Resubmission resubmission, int before) {
        this.held = held;
        this.batch = batch;
        this.service = service;
        this.resubmission = resubmission;
        this.before = before;
    }

    /**
     * The next part.
     *
     * @return null after the last
     * @throws IOException when the stored part cannot be read; the next call continues after it
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

    /** How many parts were read. */
    int seen() {
        return seen;
    }

    /**
     * Waits for the state of a part's job.
     *
     * @return empty when it is not known yet whether the job exists
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
            // The process that submitted it died before the answer arrived.
            return service.find(part.mark(held.jobs()));
        }
        return part.state() == JobState.SUCCEEDED
                ? CompletableFuture.completedFuture(Optional.of(Job.of(part.jobId(), part.name(), JobState.SUCCEEDED)))
                : service.retrieve(part.jobId()).thenApply(Optional::of);
    }

    /** Cancels all calls. */
    @Override
    public void close() {
        asked.stream().map(Asking::job).filter(Objects::nonNull).forEach(job -> job.cancel(true));
        asked.clear();
    }
}
