package io.github.camelgemini.image.budget;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a budget, in USD.
 *
 * @param budget for each period
 * @param spent in the current period, by all processes that share the budget
 * @param reserved for calls in flight
 * @param refused number of calls that were refused since the component started
 * @param period as in a sentence
 */
public record BudgetState(BigDecimal budget, BigDecimal spent, BigDecimal reserved, long refused, String period) {

    /** The sum over two components. */
    public BudgetState plus(BudgetState other) {
        return new BudgetState(
                budget.add(other.budget),
                spent.add(other.spent),
                reserved.add(other.reserved),
                refused + other.refused,
                period.equals(other.period) ? period : period + ", " + other.period);
    }

    /** All values by name; amounts in USD. */
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

    /** The largest amount that another call may cost. */
    public BigDecimal left() {
        return budget.subtract(spent).subtract(reserved).max(BigDecimal.ZERO);
    }
}
