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

/** Charges the calls of one service to the budget. */
public final class Spending {

    /** For components without a budget. */
    public static final Spending FREE = new Spending(null, null, Duration.ZERO);

    /** How long a call may still run after nobody waits for its answer. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Errors of the service itself, which are not billed. A time-out of a gateway may be billed. */
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
     * Charges to a budget.
     *
     * @param budget null for none
     * @param catalog with the prices of the service
     * @param patience the time after which nobody waits for an answer
     */
    public static Spending of(Budget budget, ModelCatalog catalog, Duration patience) {
        return budget == null ? FREE : new Spending(budget, new ExpectedCost(catalog), patience.plus(GRACE));
    }

    /**
     * Reserves the expected cost of a call.
     *
     * @param call makes it, once it is admitted
     * @return fails with a {@link io.github.camelgemini.image.error.BudgetExceededException} if the cost does not fit
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

    /** Does the same for a job with all its requests, when it is submitted. */
    public JobDraft draft(JobDraft draft) {
        return budget == null ? draft : new BudgetedDraft(draft, budget, expected);
    }

    /** The cost of a call; null if it may be billed and the cost is not known. */
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
