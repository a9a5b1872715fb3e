package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A job that is paid out of the budget when it is submitted, with all its requests. */
final class BudgetedDraft implements JobDraft {

    /** For the submission of a job of many requests. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final JobDraft draft;
    private final Budget budget;
    private final ExpectedCost expected;
    private BigDecimal sum = BigDecimal.ZERO;
    private String model;
    /** Whether an earlier submission may have made it, which is looked for before the next. */
    private volatile boolean paid;

    BudgetedDraft(JobDraft draft, Budget budget, ExpectedCost expected) {
        this.draft = draft;
        this.budget = budget;
        this.expected = expected;
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
        return paid
                ? draft.submit(name, webhook)
                : Steps.then(
                        budget.reserve(Optional.of(sum), model, PATIENCE),
                        reserved -> submit(name, webhook, reserved),
                        job -> {});
    }

    private CompletableFuture<Job> submit(String name, URI webhook, Budget.Reservation reserved) {
        CompletableFuture<Job> submitted = reserved.begin(() -> draft.submit(name, webhook));
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
