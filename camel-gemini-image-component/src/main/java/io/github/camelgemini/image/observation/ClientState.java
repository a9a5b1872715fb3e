package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.resilience.CallLimits;
import java.util.Map;
import java.util.TreeMap;

/**
 * How it stands now.
 *
 * @param limits of each model that was asked lately
 * @param spoolFiles that exist
 * @param spoolBytes that they have together
 * @param budget null when none is set
 */
public record ClientState(Map<String, CallLimits.State> limits, int spoolFiles, long spoolBytes, BudgetState budget) {

    /** What does nothing. */
    public static final ClientState IDLE = new ClientState(Map.of(), 0, 0, null);

    /** That of two components together. */
    public ClientState plus(ClientState other) {
        Map<String, CallLimits.State> both = new TreeMap<>(limits);
        other.limits.forEach((model, limit) -> both.merge(model, limit, CallLimits.State::plus));
        BudgetState budgets = budget == null ? other.budget : other.budget == null ? budget : budget.plus(other.budget);
        return new ClientState(both, spoolFiles + other.spoolFiles, spoolBytes + other.spoolBytes, budgets);
    }
}
