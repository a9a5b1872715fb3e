package io.github.camelgemini.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Models that are no longer there, or will not be after some calls. Thread-safe. */
final class EndedModels {

    private final Set<String> fromTheStart;
    private final Map<String, Integer> callsLeft = new HashMap<>();

    EndedModels(Set<String> fromTheStart) {
        this.fromTheStart = Set.copyOf(fromTheStart);
    }

    synchronized void end(String model, int afterCalls) {
        callsLeft.put(model, afterCalls);
    }

    synchronized boolean hasEnded(String model) {
        return fromTheStart.contains(model) || callsLeft.getOrDefault(model, 1) == 0;
    }

    /** Counts a call that is answered; false when the model has ended meanwhile. */
    synchronized boolean call(String model) {
        if (hasEnded(model)) {
            return false;
        }
        callsLeft.computeIfPresent(model, (id, left) -> left - 1);
        return true;
    }

    /** Those that are not there any more. */
    synchronized List<String> all() {
        return Stream.concat(fromTheStart.stream(), callsLeft.keySet().stream())
                .filter(this::hasEnded)
                .distinct()
                .sorted()
                .toList();
    }

    /** Lets those come back that were there at the start. */
    synchronized void clear() {
        callsLeft.clear();
    }
}
