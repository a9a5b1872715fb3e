package io.github.camelgemini.image.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds cycles in a dependency graph. */
final class Circles {

    private final Map<String, Set<String>> known;

    /**
     * @param known the dependencies by name
     */
    Circles(Map<String, Set<String>> known) {
        this.known = known;
    }

    /** A shortest cycle for each name that is in one, except those in cycles found before. */
    List<List<String>> all() {
        List<List<String>> circles = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : new TreeSet<>(known.keySet())) {
            if (!seen.contains(name)) {
                shortest(name).ifPresent(circle -> {
                    seen.addAll(circle);
                    circles.add(circle);
                });
            }
        }
        return circles;
    }

    /** Whether one depends on the other, directly or indirectly. */
    boolean reaches(String one, String other) {
        return shortest(one, other).isPresent();
    }

    private Optional<List<String>> shortest(String start) {
        return shortest(start, start);
    }

    /** A breadth-first search. */
    private Optional<List<String>> shortest(String start, String end) {
        Map<String, String> from = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String name = next.remove();
            for (String other : new TreeSet<>(known.getOrDefault(name, Set.of()))) {
                if (other.equals(end)) {
                    return Optional.of(path(start, name, end, from));
                }
                if (!from.containsKey(other)) {
                    from.put(other, name);
                    next.add(other);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> path(String start, String beforeEnd, String end, Map<String, String> from) {
        List<String> path = new ArrayList<>(List.of(end));
        for (String name = beforeEnd; !name.equals(start); name = from.get(name)) {
            path.add(name);
        }
        path.add(start);
        Collections.reverse(path);
        return path;
    }
}
