package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.budget.Spending;
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

/**
 * Batches with retries for all calls except the submission. Only its author may repeat that, and it is charged to the
 * budget.
 */
final class ResilientBatches implements ImageBatches {

    /** Makes a call with retries. */
    interface Retries {
        <T> CompletableFuture<T> call(String name, Supplier<CompletableFuture<T>> call, Consumer<T> discard);
    }

    private final ImageBatches batches;
    private final Spending spending;
    private final Retries retries;
    private final Duration requestTimeout;

    /**
     * @param requestTimeout also applies to the submission of a single request
     */
    ResilientBatches(ImageBatches batches, Spending spending, Retries retries, Duration requestTimeout) {
        this.batches = batches;
        this.spending = spending;
        this.retries = retries;
        this.requestTimeout = requestTimeout;
    }

    @Override
    public void check(ImageRequest request) {
        batches.check(request);
    }

    @Override
    public JobDraft draft() {
        return new Draft(spending.draft(batches.draft()));
    }

    /**
     * A draft whose submission is limited by {@code requestTimeout} if it has a single request, like every job of a
     * queue. The file of many requests may take hours, and is only limited by {@code idleTimeout}.
     */
    private final class Draft implements JobDraft {

        private final JobDraft draft;
        private int requests;

        Draft(JobDraft draft) {
            this.draft = draft;
        }

        @Override
        public boolean add(String key, ImageRequest request) throws IOException {
            boolean added = draft.add(key, request);
            requests += added ? 1 : 0;
            return added;
        }

        @Override
        public String fingerprint() {
            return draft.fingerprint();
        }

        @Override
        public CompletableFuture<Job> submit(String name, URI webhook) {
            CompletableFuture<Job> call = draft.submit(name, webhook);
            if (requests != 1) {
                return call;
            }
            CompletableFuture<Job> answer = new CompletableFuture<>();
            Steps.endWith(answer, call);
            call.copy()
                    .orTimeout(requestTimeout.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((job, failure) -> {
                        if (failure == null) {
                            answer.complete(job);
                        } else if (Steps.cause(failure) instanceof TimeoutException) {
                            // Like a broken connection: the job may exist, and is looked for.
                            answer.completeExceptionally(new ServiceUnavailableException(
                                    "No answer to the submission of job " + name + " within requestTimeout="
                                            + requestTimeout.toMillis() + " ms",
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
