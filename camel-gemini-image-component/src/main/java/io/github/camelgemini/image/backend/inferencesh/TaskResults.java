package io.github.camelgemini.image.backend.inferencesh;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.error.GeminiImageException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The one result of a task, whose pictures are being fetched. */
final class TaskResults implements JobResults {

    private final CompletableFuture<JobResult> result;
    private volatile boolean taken;

    TaskResults(CompletableFuture<JobResult> result) {
        this.result = result;
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
            throw new IOException("Closed before the pictures were there", e);
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof GeminiImageException known ? known : e;
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
