package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobState;
import java.time.Instant;
import java.util.Set;

/**
 * What is remembered of a part of a batch, which is one job.
 *
 * @param number from 1
 * @param name under which the job is submitted
 * @param digest of its requests, to know them again when they are submitted once more
 * @param fingerprint of its requests as they were sent; see {@link ImageBatches.Mark}
 * @param since when its submission began
 * @param jobId by which the service knows it; null as long as nobody was told
 * @param state as the service told last
 * @param requests how many it has
 * @param pages of keys that are kept for it; see {@link Batches#keys}
 * @param delivered whether all its results have been delivered
 * @param again whether it asks for requests again that were not drawn
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
     * By what its job is found again.
     *
     * @param others ids of the jobs of other parts
     */
    ImageBatches.Mark mark(Set<String> others) {
        return new ImageBatches.Mark(name, fingerprint, since, others);
    }

    /** Whether its requests are to be asked for again, and nobody was told yet that they are. */
    boolean asksAgain() {
        return again && jobId == null;
    }

    /** The same as the service tells of its job. */
    public BatchPart of(Job job) {
        return new BatchPart(
                number, name, digest, fingerprint, since, job.id(), job.state(), requests, pages, delivered, again);
    }

    /** The same, as one whose submission begins now. */
    BatchPart begun(String ofRequests) {
        return new BatchPart(
                number, name, digest, ofRequests, Instant.now(), null, null, requests, pages, delivered, again);
    }

    /** The same, as one whose results have all been delivered; as failed when they were not waited for any more. */
    public BatchPart asDelivered() {
        JobState end = state == null || !state.isDone() ? JobState.FAILED : state;
        return new BatchPart(number, name, digest, fingerprint, since, jobId, end, requests, pages, true, again);
    }
}
