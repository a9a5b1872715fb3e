package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.time.Instant;
import java.util.Set;

/**
 * The stored data of a part of a batch, which is one job.
 *
 * @param number from 1
 * @param name of the job
 * @param digest identifies its requests when they are submitted again
 * @param fingerprint of its requests as they were sent; see {@link ImageBatches.Mark}
 * @param since when its submission began
 * @param jobId its id at the service; null if not known yet
 * @param state the last state from the service
 * @param requests number of requests
 * @param pages number of stored pages of keys; see {@link Batches#keys}
 * @param delivered whether all its results were delivered
 * @param again whether it repeats requests that were not processed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchPart(
        int number,
        String name,
        String digest,
        String fingerprint,
        Instant since,
        String jobId,
        JobState state,
        long requests,
        int pages,
        boolean delivered,
        boolean again) {

    /**
     * The data by which its job is found.
     *
     * @param others ids of the jobs of other parts
     */
    ImageBatches.Mark mark(Set<String> others) {
        return new ImageBatches.Mark(name, fingerprint, since, others);
    }

    /** Whether its repeated requests still have to be submitted. */
    boolean asksAgain() {
        return again && jobId == null;
    }

    /** The same part with the state of its job. */
    public BatchPart of(Job job) {
        return new BatchPart(
                number, name, digest, fingerprint, since, job.id(), job.state(), requests, pages, delivered, again);
    }

    /** The same part at the begin of its submission. */
    BatchPart begun(String ofRequests) {
        return new BatchPart(
                number, name, digest, ofRequests, Instant.now(), null, null, requests, pages, delivered, again);
    }

    /** The same part after the delivery of its results. It counts as failed if the results were given up. */
    public BatchPart asDelivered() {
        JobState end = state == null || !state.isDone() ? JobState.FAILED : state;
        return new BatchPart(number, name, digest, fingerprint, since, jobId, end, requests, pages, true, again);
    }
}
