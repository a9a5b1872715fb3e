package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.UnfinishedAnswerException;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.result.ImageResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What the calls of one service take out of the budget. */
public final class Spending {

    /** Of what nobody has set a budget for. */
    public static final Spending FREE = new Spending(null, null, Duration.ZERO);

    /** For a call to come to its end, after nobody waits for its answer. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Of the service itself, which has not drawn; a gateway that waits in vain is another matter. */
    private static final Set<Integer> FREE_ERRORS = Set.of(500, 503, 529);

    private final Budget budget;
    private final ExpectedCost expected;
    private final Duration patience;

    private Spending(Budget budget, ExpectedCost expected, Duration patience) {
        this.budget = budget;
        this.expected = expected;
        this.patience = patience;
    }

    /**
     * Out of a budget.
     *
     * @param budget null for none
     * @param catalog with the prices of the service
     * @param patience after which nobody waits for an answer
     */
    public static Spending of(Budget budget, ModelCatalog catalog, Duration patience) {
        return budget == null ? FREE : new Spending(budget, new ExpectedCost(catalog), patience.plus(GRACE));
    }

    /**
     * Reserves what a call may cost.
     *
     * @param call makes it, once it is admitted
     * @return or fails with a {@link io.github.camelgemini.image.error.BudgetExceededException}
     */
    public CompletableFuture<Admission<ImageResult>> admit(
            ImageRequest request, Supplier<CompletableFuture<ImageResult>> call) {
        if (budget == null) {
            return CompletableFuture.completedFuture(Admission.free(call));
        }
        return budget.reserve(expected.of(request), request.model(), patience)
                .thenApply(reserved -> new Admission<>(
                        () -> reserved.begin(call),
                        (answer, failure) -> reserved.end(cost(answer, failure)),
                        () -> reserved.end(BigDecimal.ZERO)));
    }

    /** The same for a job, with all its requests, when it is submitted. */
    public JobDraft draft(JobDraft draft) {
        return budget == null ? draft : new BudgetedDraft(draft, budget, expected);
    }

    /** What a call has cost; null when it may have been billed and nobody knows how much. */
    static BigDecimal cost(ImageResult answer, Throwable failure) {
        if (answer != null) {
            return answer.estimatedCost();
        }
        Throwable cause = Steps.cause(failure);
        if (!(cause instanceof GeminiImageException known) || cause instanceof UnfinishedAnswerException) {
            return null;
        }
        boolean nothing = known instanceof NoPictureError
                || FREE_ERRORS.contains(known.getHttpStatus())
                || !LostAnswer.isPossible(known);
        return known.getEstimatedCost() == null && nothing ? BigDecimal.ZERO : known.getEstimatedCost();
    }
}
