package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.result.ImageResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A call that is drawn by a job of the service, which is paid whether anybody waits for it or not. Cancelling it cancels the job;
 * whoever only has no more time {@link #leave leaves} it.
 */
public abstract class JobCall extends CompletableFuture<ImageResult> {

    /**
     * Ends the waiting. The job goes on, so that its picture can be had later.
     *
     * @return the service's id of it; empty when none is known, and then a job that turns up is cancelled, since nobody could
     *     ask for it
     */
    public abstract Optional<String> leave();
}
