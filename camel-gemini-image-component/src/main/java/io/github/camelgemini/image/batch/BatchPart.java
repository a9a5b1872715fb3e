package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.JobState;
import java.time.Instant;

/**
 * What is remembered of a part of a batch, which is one job.
 *
 * @param number from 1
 * @param name under which the job is submitted
 * @param fingerprint of its requests
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
        String fingerprint,
        Instant since,
        String jobId,
        JobState state,
        long requests,
        int pages,
        boolean delivered,
        boolean again) {

    ImageBatches.Mark mark() {
        return new ImageBatches.Mark(name, fingerprint, since);
    }
}
