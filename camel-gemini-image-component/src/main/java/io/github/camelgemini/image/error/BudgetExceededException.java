package io.github.camelgemini.image.error;

import java.io.Serial;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A call was not made because it could have cost more than the rest of the component's {@code budget}. Not retried: it
 * would be refused until earlier calls no longer count, or the budget is raised.
 */
public class BudgetExceededException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final BigDecimal budget;
    private final BigDecimal spent;
    private final BigDecimal reserved;
    private final BigDecimal expected;
    private final Instant availableAgain;

    /** For the amounts, see the methods of the same names. */
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

    /** The budget of the period, in USD. */
    public BigDecimal getBudget() {
        return budget;
    }

    /** The amount spent in the period, in USD. */
    public BigDecimal getSpent() {
        return spent;
    }

    /** The amount reserved for calls in flight, in USD. */
    public BigDecimal getReserved() {
        return reserved;
    }

    /** The expected cost of the call, in USD; null when no price is known. */
    public BigDecimal getExpected() {
        return expected;
    }

    /**
     * When the call will fit again, if nothing is spent until then. Null if that is not known: only calls in flight are
     * in the way, or the call costs more than the whole budget.
     */
    public Instant getAvailableAgain() {
        return availableAgain;
    }
}
