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

/** A job whose requests are all charged to the budget when it is submitted. */
final class BudgetedDraft implements JobDraft {

    /** How long the submission of a job with many requests may take. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final JobDraft draft;
    private final Budget budget;
    private final ExpectedCost expected;
    private BigDecimal sum = BigDecimal.ZERO;
    private String model;
    /** Whether an earlier submission may have created the job; it is looked for before the next one. */
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

    /** Whether the job may exist. */
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
