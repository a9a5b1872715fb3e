package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the states of batches, and cancels batches. Blocks until the service has answered. */
public final class BatchStates {

    private static final Logger LOG = LoggerFactory.getLogger(BatchStates.class);

    private static final int MOST_FAILURES_TOLD = 10;
    private static final int MOST_UNREACHED_IN_A_ROW = 3;

    private final Batches batches;
    private final ImageBatches service;

    /** Gets states of stored batches and of jobs at the service. */
    public BatchStates(Batches batches, ImageBatches service) {
        this.batches = batches;
        this.service = service;
    }

    /**
     * Gets the current state of a batch.
     *
     * @param id of a batch that was submitted here, or of a job at the service
     * @throws BatchNotFoundException when there is no such batch
     */
    public BatchStatus retrieve(String id) throws IOException {
        return of(id, new Question());
    }

    /**
     * Cancels a batch: all its unfinished jobs, and a submission in progress. The process that submits also cancels the
     * job that it is sending at the moment.
     *
     * @throws GeminiImageException the first failure to cancel a job. The other jobs are still tried, unless the
     *     service cannot be reached.
     */
    public BatchStatus cancel(String id) throws IOException {
        Optional<Batch> batch = BatchId.isOurs(id) ? batches.find(id) : Optional.empty();
        boolean begins = batch.isEmpty() && BatchId.isOurs(id) && batches.isHeld(id);
        if (begins || batch.isPresent() && !batch.get().isDelivered()) {
            batches.cancel(id);
        }
        try {
            return of(id, new Cancellation());
        } catch (BatchNotFoundException | InvalidRequestException e) {
            if (!begins) {
                throw e;
            }
            // Nothing was sent yet.
            return new BatchStatus(id, JobState.CANCELLED, 0, 0, 0, List.of());
        }
    }

    /** The stored state of a batch, without a call. */
    public BatchStatus known(Batch batch) throws IOException {
        List<Job> jobs = new ArrayList<>();
        Batches.Parts parts = batches.parts(batch.id());
        for (int number = 1; number <= batch.parts(); number++) {
            parts.part(number)
                    .ifPresent(part -> jobs.add(
                            Job.of(part.jobId(), part.name(), part.state() == null ? JobState.PENDING : part.state())));
        }
        return BatchStatus.of(batch.id(), batch.requests(), jobs);
    }

    private BatchStatus of(String id, Question question) throws IOException {
        Optional<Batch> batch = BatchId.isOurs(id) ? batches.find(id) : Optional.empty();
        if (batch.isEmpty()) {
            Job job = question.ask(id);
            return BatchStatus.of(job.id(), job.requests(), List.of(job));
        }
        if (batch.get().parts() == 0 && batches.isCancelled(id)) {
            return new BatchStatus(id, JobState.CANCELLED, 0, 0, 0, List.of());
        }
        List<Job> jobs = new ArrayList<>();
        Batches.Parts parts = batches.parts(id);
        for (int number = 1; number <= batch.get().parts(); number++) {
            BatchPart part = parts.part(number)
                    .orElseThrow(() ->
                            new BatchNotFoundException("Batch '" + id + "' is being deleted", ProviderError.NONE));
            try {
                jobs.add(job(id, part, question));
            } catch (GeminiImageException e) {
                question.failed(e);
            }
        }
        question.end(id);
        return BatchStatus.of(id, batch.get().requests(), jobs);
    }

    private Job job(String batch, BatchPart part, Question question) throws IOException {
        if (part.delivered()) {
            // A job that the service refused has neither id nor state.
            return Job.of(part.jobId(), part.name(), part.state() == null ? JobState.FAILED : part.state());
        }
        // Without an id if it is not known whether the job was created.
        Optional<String> id = part.jobId() == null
                ? answer(service.find(part.mark(batches.jobs(batch)))).map(Job::id)
                : Optional.of(part.jobId());
        return id.map(question::ask).orElse(Job.of(null, part.name(), JobState.PENDING));
    }

    /** What is called for each job of a batch. */
    private class Question {

        Job ask(String jobId) {
            return answer(service.retrieve(jobId));
        }

        /** The failure for one of several jobs. */
        void failed(GeminiImageException failure) {
            throw failure;
        }

        /** Called after all jobs. */
        void end(String id) {}
    }

    private final class Cancellation extends Question {

        private GeminiImageException first;
        private int failures;
        private int unreached;

        @Override
        Job ask(String jobId) {
            try {
                Job job = answer(service.cancel(jobId));
                unreached = 0;
                return job;
            } catch (InvalidRequestException e) {
                // A service may refuse to cancel a job that has already ended.
                Job job = super.ask(jobId);
                if (job.state().isDone()) {
                    return job;
                }
                throw e;
            }
        }

        @Override
        void failed(GeminiImageException failure) {
            failures++;
            unreached =
                    failure instanceof RetryableError || failure instanceof AuthenticationException ? unreached + 1 : 0;
            if (first == null) {
                first = failure;
            } else if (failures <= MOST_FAILURES_TOLD && failure != first) {
                first.addSuppressed(failure);
            }
            if (unreached == MOST_UNREACHED_IN_A_ROW) {
                throw first;
            }
        }

        @Override
        void end(String id) {
            if (first != null) {
                LOG.warn("Batch {}: {} jobs could not be cancelled. Cancel the batch again", id, failures);
                throw first;
            }
        }
    }

    private static <T> T answer(CompletableFuture<T> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }
}
