package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Asks how batches stand, and ends them. Blocks as long as that takes. */
public final class BatchStates {

    private final Batches batches;
    private final ImageBatches service;

    public BatchStates(Batches batches, ImageBatches service) {
        this.batches = batches;
        this.service = service;
    }

    /**
     * How a batch stands now.
     *
     * @param id of a batch that was submitted here, or of a job of the service
     * @throws BatchNotFoundException when nobody knows it
     */
    public BatchStatus retrieve(String id) throws IOException {
        return of(id, service::retrieve);
    }

    /** Ends a batch: all its jobs that are not done yet. */
    public BatchStatus cancel(String id) throws IOException {
        return of(id, service::cancel);
    }

    /** How a batch stands as far as it is remembered; nobody is asked. */
    public BatchStatus known(Batch batch) throws IOException {
        List<Job> jobs = new ArrayList<>();
        for (int number = 1; number <= batch.parts(); number++) {
            batches.part(batch.id(), number)
                    .ifPresent(part -> jobs.add(
                            Job.of(part.jobId(), part.name(), part.state() == null ? JobState.PENDING : part.state())));
        }
        return BatchStatus.of(batch.id(), batch.requests(), jobs);
    }

    private BatchStatus of(String id, Function<String, CompletableFuture<Job>> asking) throws IOException {
        Optional<Batch> batch = BatchId.isOurs(id) ? batches.find(id) : Optional.empty();
        if (batch.isEmpty()) {
            Job job = wait(asking.apply(id));
            return BatchStatus.of(job.id(), job.requests(), List.of(job));
        }
        List<Job> jobs = new ArrayList<>();
        for (int number = 1; number <= batch.get().parts(); number++) {
            BatchPart part = batches.part(id, number)
                    .orElseThrow(() ->
                            new BatchNotFoundException("Batch '" + id + "' is being forgotten", ProviderError.NONE));
            jobs.add(job(id, part, asking));
        }
        return BatchStatus.of(id, batch.get().requests(), jobs);
    }

    private Job job(String batch, BatchPart part, Function<String, CompletableFuture<Job>> asking) throws IOException {
        if (part.delivered()) {
            // One that the service refused has neither id nor state.
            return Job.of(part.jobId(), part.name(), part.state() == null ? JobState.FAILED : part.state());
        }
        // Without an id when nobody was told whether it was made.
        Optional<String> id = part.jobId() == null
                ? wait(service.find(part.mark(batches.jobs(batch)))).map(Job::id)
                : Optional.of(part.jobId());
        return id.map(asking).map(BatchStates::wait).orElse(Job.of(null, part.name(), JobState.PENDING));
    }

    private static <T> T wait(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }
}
