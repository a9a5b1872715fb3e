package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.result.ImageResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A call that the service runs as a job. The job is billed even if nobody waits for it. Cancelling this future cancels
 * the job. A caller that only runs out of time {@linkplain #leave leaves} it.
 */
public abstract class JobCall extends CompletableFuture<ImageResult> {

    /**
     * Stops waiting. The job continues, so its picture can be fetched later.
     *
     * @return the id of the job at the service. Empty if it is not known: nobody could ask for such a job, so it is
     *     cancelled as soon as it becomes known.
     */
    public abstract Optional<String> leave();
}
