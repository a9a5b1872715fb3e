package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What the options of a component say of its budget.
 *
 * @param amount in USD, in a period
 * @param period for which it is
 * @param unknownPrice in USD, what a call is taken to cost whose price nobody knows; null to refuse it
 * @param repository where it is kept; null for the memory of this process
 */
public record BudgetSettings(
        BigDecimal amount, BudgetPeriod period, BigDecimal unknownPrice, BudgetRepository repository) {

    /**
     * Reads an option.
     *
     * @return null when it is not set
     * @throws InvalidRequestException naming the option when it is no amount
     */
    public static BigDecimal dollars(String option, Double amount) {
        if (amount != null && !(amount >= 0 && Double.isFinite(amount))) {
            throw new InvalidRequestException(option + " '" + amount + "' must be an amount of USD, 0 or more");
        }
        return amount == null ? null : BigDecimal.valueOf(amount);
    }

    /**
     * The budget, with what was spent before as far as that is kept.
     *
     * @param workers where the repository may block
     * @throws InvalidRequestException when what is kept cannot be read
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
