package io.github.camelgemini.image.budget;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How it stands with a budget, in USD.
 *
 * @param budget that may be spent in the period
 * @param spent in the period, by this process and those that share the budget
 * @param reserved for calls in flight
 * @param refused calls that were not made, since the component started
 * @param period as in a sentence
 */
public record BudgetState(BigDecimal budget, BigDecimal spent, BigDecimal reserved, long refused, String period) {

    /** That of two components together. */
    public BudgetState plus(BudgetState other) {
        return new BudgetState(
                budget.add(other.budget),
                spent.add(other.spent),
                reserved.add(other.reserved),
                refused + other.refused,
                period.equals(other.period) ? period : period + ", " + other.period);
    }

    /** By their names, for whoever looks at it: amounts in USD. */
    public Map<String, Object> describe() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("budget", budget.doubleValue());
        facts.put("spent", spent.doubleValue());
        facts.put("reserved", reserved.doubleValue());
        facts.put("left", left().doubleValue());
        facts.put("refused", refused);
        facts.put("period", period);
        return facts;
    }

    /** What a further call may cost at most. */
    public BigDecimal left() {
        return budget.subtract(spent).subtract(reserved).max(BigDecimal.ZERO);
    }
}
