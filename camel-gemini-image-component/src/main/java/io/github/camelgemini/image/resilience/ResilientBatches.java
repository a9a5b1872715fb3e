package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Batches whose calls are tried again where that does no harm: all but the submission, which only its author may repeat. */
final class ResilientBatches implements ImageBatches {

    /** Makes a call as often as it takes. */
    interface Retries {
        <T> CompletableFuture<T> call(String name, Supplier<CompletableFuture<T>> call, Consumer<T> discard);
    }

    private final ImageBatches batches;
    private final Retries retries;
    private final Duration submission;

    /** @param submission how long it may take to hand over a job, or null where files are sent for that */
    ResilientBatches(ImageBatches batches, Retries retries, Duration submission) {
        this.batches = batches;
        this.retries = retries;
        this.submission = submission;
    }

    @Override
    public void check(ImageRequest request) {
        batches.check(request);
    }

    @Override
    public JobDraft draft() {
        return submission == null ? batches.draft() : new Draft(batches.draft(), submission);
    }

    /** A draft that waits no longer than this for the answer of the service. */
    private record Draft(JobDraft draft, Duration limit) implements JobDraft {

        @Override
        public boolean add(String key, ImageRequest request) throws IOException {
            return draft.add(key, request);
        }

        @Override
        public String fingerprint() {
            return draft.fingerprint();
        }

        @Override
        public CompletableFuture<Job> submit(String name, URI webhook) {
            CompletableFuture<Job> call = draft.submit(name, webhook);
            CompletableFuture<Job> answer = new CompletableFuture<>();
            Steps.endWith(answer, call);
            call.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).whenComplete((job, failure) -> {
                if (failure == null) {
                    answer.complete(job);
                } else if (Steps.cause(failure) instanceof TimeoutException) {
                    // As of a connection that broke: the job may be there, and is looked for.
                    answer.completeExceptionally(new ServiceUnavailableException(
                            "No answer to the submission of job " + name + " within requestTimeout=" + limit.toMillis()
                                    + " ms",
                            null,
                            ProviderError.NONE,
                            null));
                    call.cancel(true);
                } else {
                    answer.completeExceptionally(Steps.cause(failure));
                }
            });
            return answer;
        }

        @Override
        public void close() {
            draft.close();
        }
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return retries.call("find_batch", () -> batches.find(mark), found -> {});
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return retries.call("get_batch", () -> batches.retrieve(id), job -> {});
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return retries.call("list_batches", () -> batches.list(cursor, most), page -> {});
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return retries.call("cancel_batch", () -> batches.cancel(id), job -> {});
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return retries.call("get_batch_results", () -> batches.results(id, asked), JobResults::close);
    }
}
