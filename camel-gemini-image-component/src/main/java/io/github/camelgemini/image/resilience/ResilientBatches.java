package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    ResilientBatches(ImageBatches batches, Retries retries) {
        this.batches = batches;
        this.retries = retries;
    }

    @Override
    public void check(ImageRequest request) {
        batches.check(request);
    }

    @Override
    public JobDraft draft() {
        return batches.draft();
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
