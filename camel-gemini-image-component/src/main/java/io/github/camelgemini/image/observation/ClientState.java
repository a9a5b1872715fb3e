package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.resilience.CallLimits;
import java.util.Map;
import java.util.TreeMap;

/**
 * The current state of calls, spool and budget.
 *
 * @param limits of each model that was called lately
 * @param spoolFiles number of files
 * @param spoolBytes total size of these files
 * @param budget null when none is set
 */
public record ClientState(Map<String, CallLimits.State> limits, int spoolFiles, long spoolBytes, BudgetState budget) {

    /** The state without any activity. */
    public static final ClientState IDLE = new ClientState(Map.of(), 0, 0, null);

    /** The sum over two components. */
    public ClientState plus(ClientState other) {
        Map<String, CallLimits.State> both = new TreeMap<>(limits);
        other.limits.forEach((model, limit) -> both.merge(model, limit, CallLimits.State::plus));
        BudgetState budgets = budget == null ? other.budget : other.budget == null ? budget : budget.plus(other.budget);
        return new ClientState(both, spoolFiles + other.spoolFiles, spoolBytes + other.spoolBytes, budgets);
    }
}
