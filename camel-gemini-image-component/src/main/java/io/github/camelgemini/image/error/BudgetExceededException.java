package io.github.camelgemini.image.error;

import java.io.Serial;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A call was not made, since it could have cost more than the {@code budget} of the component has left. Not retried: it would be
 * refused again until earlier calls count no more, or somebody raises the budget.
 */
public class BudgetExceededException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final BigDecimal budget;
    private final BigDecimal spent;
    private final BigDecimal reserved;
    private final BigDecimal expected;
    private final Instant availableAgain;

    /** For amounts see the methods of the same names. */
    public BudgetExceededException(
            String message,
            BigDecimal budget,
            BigDecimal spent,
            BigDecimal reserved,
            BigDecimal expected,
            Instant availableAgain,
            ProviderError provider) {
        super(message, provider, null);
        this.budget = budget;
        this.spent = spent;
        this.reserved = reserved;
        this.expected = expected;
        this.availableAgain = availableAgain;
    }

    /** What may be spent in the period, in USD. */
    public BigDecimal getBudget() {
        return budget;
    }

    /** What was spent in the period, in USD. */
    public BigDecimal getSpent() {
        return spent;
    }

    /** What is reserved for calls in flight, in USD. */
    public BigDecimal getReserved() {
        return reserved;
    }

    /** What the call was expected to cost, in USD; null when no price is known. */
    public BigDecimal getExpected() {
        return expected;
    }

    /**
     * When there is room for the call again, if nothing is spent until then; null when that is not known, as when only calls in
     * flight are in its way, or when it costs more than the whole budget.
     */
    public Instant getAvailableAgain() {
        return availableAgain;
    }
}
