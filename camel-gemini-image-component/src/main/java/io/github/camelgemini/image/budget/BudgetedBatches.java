package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Jobs that are paid out of the budget when they are submitted, each with all its requests. */
final class BudgetedBatches implements ImageBatches {

    /** For the submission of a job of many requests. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ImageBatches batches;
    private final Budget budget;
    private final ExpectedCost expected;

    BudgetedBatches(ImageBatches batches, Budget budget, ExpectedCost expected) {
        this.batches = batches;
        this.budget = budget;
        this.expected = expected;
    }

    @Override
    public void check(ImageRequest request) {
        batches.check(request);
    }

    @Override
    public JobDraft draft() {
        return new Draft(batches.draft());
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return batches.find(mark);
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        return batches.retrieve(id);
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return batches.list(cursor, most);
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return batches.cancel(id);
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        return batches.results(id, asked);
    }

    private final class Draft implements JobDraft {

        private final JobDraft draft;
        private BigDecimal sum = BigDecimal.ZERO;
        private String model;
        /** Whether an earlier submission may have made it, which is looked for before the next. */
        private volatile boolean paid;

        Draft(JobDraft draft) {
            this.draft = draft;
        }

        @Override
        public boolean add(String key, ImageRequest request) throws IOException {
            BigDecimal price = budget.priceOf(expected.inBatch(request), request.model());
            boolean added = draft.add(key, request);
            if (added) {
                sum = sum.add(price);
                model = request.model();
            }
            return added;
        }

        @Override
        public String fingerprint() {
            return draft.fingerprint();
        }

        @Override
        public CompletableFuture<Job> submit(String name, URI webhook) {
            if (paid) {
                return draft.submit(name, webhook);
            }
            return Steps.then(
                    budget.reserve(Optional.of(sum), model, PATIENCE),
                    reserved -> submit(name, webhook, reserved),
                    job -> {});
        }

        private CompletableFuture<Job> submit(String name, URI webhook, Budget.Reservation reserved) {
            CompletableFuture<Job> submitted;
            try {
                submitted = draft.submit(name, webhook);
            } catch (Throwable e) {
                reserved.end(BigDecimal.ZERO);
                throw e;
            }
            submitted.whenComplete((job, failure) -> {
                paid = isMade(failure);
                reserved.end(paid ? sum : BigDecimal.ZERO);
            });
            return submitted;
        }

        /** Or may be. */
        private static boolean isMade(Throwable failure) {
            return failure == null
                    || !(Steps.cause(failure) instanceof GeminiImageException known)
                    || LostAnswer.isPossible(known);
        }

        @Override
        public void close() {
            draft.close();
        }
    }
}
