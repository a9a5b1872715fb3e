package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Asked;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * All results of a finished batch, one after another, whether they were delivered before or not. Used by one thread at
 * a time, which waits for the service.
 */
public final class BatchOutput implements Closeable {

    private record Part(BatchPart remembered, Job job) {}

    private final Batches batches;
    private final ImageBatches service;
    private final String id;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final boolean several;
    private PartResults current;

    /**
     * Gets the state of the batch.
     *
     * @param id of a batch that was submitted here, or of a job at the service
     * @throws InvalidRequestException when it is not done yet
     * @throws BatchNotFoundException when there is no such batch
     */
    public BatchOutput(Batches batches, ImageBatches service, String id) throws IOException {
        this.batches = batches;
        this.service = service;
        this.id = id;
        BatchStatus status = new BatchStates(batches, service).retrieve(id);
        if (status.jobs().isEmpty() || !status.jobs().stream().map(Job::state).allMatch(JobState::isDone)) {
            throw new InvalidRequestException("Batch '" + id + "' is " + status.state()
                    + " and has no results yet. Try again when it is done, or use the consumer"
                    + " gemini-image:batchResults");
        }
        List<Job> jobs = status.jobs();
        Batches.Parts known = batches.parts(id);
        for (int number = 1; number <= jobs.size(); number++) {
            Job job = jobs.get(number - 1);
            if (job.id() != null) {
                // A refused batch has no results.
                parts.add(new Part(BatchId.isOurs(id) ? known.part(number).orElse(null) : null, job));
            }
        }
        several = parts.size() > 1;
    }

    /**
     * Waits for the next result. If the service does not know a job any more while it has others, a result with that
     * failure is given.
     *
     * @return null after the last
     * @throws IOException when the connection ends too early
     */
    public BatchResult next() throws IOException {
        while (current != null || !parts.isEmpty()) {
            if (current == null) {
                current = open(parts.remove());
            }
            BatchResult result = current.next();
            if (result != null) {
                return result;
            }
            current.close();
            current = null;
        }
        return null;
    }

    private PartResults open(Part part) throws IOException {
        Map<String, Asked> keys = new LinkedHashMap<>();
        // The keys of a delivered part are no longer stored.
        boolean known = part.remembered() != null && !part.remembered().delivered();
        if (known) {
            batches.keys(id, part.remembered(), key -> keys.put(key.key(), key.asked()));
        }
        try {
            return new PartResults(
                    id,
                    part.job(),
                    keys,
                    known,
                    service.results(part.job().id(), keys::get).join());
        } catch (CompletionException e) {
            if (several && Steps.cause(e) instanceof BatchNotFoundException gone) {
                // The other parts may still have results.
                PartResults none = new PartResults(id, part.job(), keys, known, JobResults.NONE);
                none.giveUp(gone);
                return none;
            }
            throw Steps.cause(e) instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        parts.clear();
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
