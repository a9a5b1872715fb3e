package io.github.camelgemini.emulator.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The models of a service that are shut down, or will be after some calls. Thread-safe. */
public final class EndedModels {

    private final Set<String> fromTheStart;
    private final Map<String, Integer> callsLeft = new HashMap<>();

    /** Begins with these models shut down. */
    public EndedModels(Set<String> fromTheStart) {
        this.fromTheStart = Set.copyOf(fromTheStart);
    }

    /** Shuts down a model after this many calls. */
    public synchronized void end(String model, int afterCalls) {
        callsLeft.put(model, afterCalls);
    }

    /** Whether a model is shut down. */
    public synchronized boolean hasEnded(String model) {
        return fromTheStart.contains(model) || callsLeft.getOrDefault(model, 1) == 0;
    }

    /** Counts a successful call; false when the model was shut down meanwhile. */
    public synchronized boolean call(String model) {
        if (hasEnded(model)) {
            return false;
        }
        callsLeft.computeIfPresent(model, (id, left) -> left - 1);
        return true;
    }

    /** All models that are shut down. */
    public synchronized List<String> all() {
        return Stream.concat(fromTheStart.stream(), callsLeft.keySet().stream())
                .filter(this::hasEnded)
                .distinct()
                .sorted()
                .toList();
    }

    /** Restores the models that existed at the start. */
    public synchronized void clear() {
        callsLeft.clear();
    }
}
