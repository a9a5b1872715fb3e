package io.github.camelgemini.emulator.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Models of one service that are no longer there, or will not be after some calls. Thread-safe. */
public final class EndedModels {

    private final Set<String> fromTheStart;
    private final Map<String, Integer> callsLeft = new HashMap<>();

    /** All are there, but these. */
    public EndedModels(Set<String> fromTheStart) {
        this.fromTheStart = Set.copyOf(fromTheStart);
    }

    /** Ends one after so many more calls. */
    public synchronized void end(String model, int afterCalls) {
        callsLeft.put(model, afterCalls);
    }

    /** Whether it is not there any more. */
    public synchronized boolean hasEnded(String model) {
        return fromTheStart.contains(model) || callsLeft.getOrDefault(model, 1) == 0;
    }

    /** Counts a call that is answered; false when the model has ended meanwhile. */
    public synchronized boolean call(String model) {
        if (hasEnded(model)) {
            return false;
        }
        callsLeft.computeIfPresent(model, (id, left) -> left - 1);
        return true;
    }

    /** Those that are not there any more. */
    public synchronized List<String> all() {
        return Stream.concat(fromTheStart.stream(), callsLeft.keySet().stream())
                .filter(this::hasEnded)
                .distinct()
                .sorted()
                .toList();
    }

    /** Lets those come back that were there at the start. */
    public synchronized void clear() {
        callsLeft.clear();
    }
}
