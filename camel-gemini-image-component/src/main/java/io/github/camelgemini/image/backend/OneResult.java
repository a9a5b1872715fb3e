package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.error.GeminiImageException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The only result of a job in a queue. Its pictures may still be downloading. */
public final class OneResult implements JobResults {

    private final CompletableFuture<JobResult> result;
    private volatile boolean taken;

    /**
     * @param result cancelled when nobody takes it
     */
    public OneResult(CompletableFuture<JobResult> result) {
        this.result = result;
    }

    /** The result of a job that failed. */
    public static OneResult failed(GeminiImageException failure) {
        return new OneResult(CompletableFuture.completedFuture(new JobResult(null, null, failure)));
    }

    @Override
    public JobResult next() throws IOException {
        if (taken) {
            return null;
        }
        try {
            JobResult one = result.join();
            taken = true;
            return one;
        } catch (CancellationException e) {
            throw new IOException("Closed before the images were available", e);
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }

    @Override
    public void close() {
        if (!taken && !result.cancel(true)) {
            result.thenAccept(one -> {
                if (one.result() != null && !taken) {
                    one.result().discard();
                }
            });
        }
    }
}
