package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * The budget options of a component.
 *
 * @param amount in USD for each period
 * @param period of the budget
 * @param unknownPrice cost to assume for a call with unknown price, in USD; null to refuse it
 * @param repository stores the budget; null to keep it in the heap of this process
 */
public record BudgetSettings(
        BigDecimal amount, BudgetPeriod period, BigDecimal unknownPrice, BudgetRepository repository) {

    /**
     * Reads an option.
     *
     * @return null when it is not set
     * @throws InvalidRequestException names the option when its value is not a valid amount
     */
    public static BigDecimal dollars(String option, Double amount) {
        if (amount != null && !(amount >= 0 && Double.isFinite(amount))) {
            throw new InvalidRequestException(option + " '" + amount + "' must be an amount of USD, 0 or more");
        }
        return amount == null ? null : BigDecimal.valueOf(amount);
    }

    /**
     * Opens the budget, with earlier spending if it is stored.
     *
     * @param workers run the repository's methods, which may block
     * @throws InvalidRequestException when the stored budget cannot be read
     */
    public Budget open(Executor workers) {
        Budget budget = new Budget(amount, period, unknownPrice, repository, workers, Clock.systemUTC());
        try {
            budget.load();
        } catch (IOException | RuntimeException e) {
            throw new InvalidRequestException("The budget in " + repository + " cannot be read: " + e.getMessage(), e);
        }
        return budget;
    }
}
