package io.github.camelgemini.image.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which services have something, in a message that refuses it for another.
 *
 * @param service the name of the service of a face
 * @param title of a face
 */
public record ServiceNames<T>(Function<T, String> service, Function<T, String> title) {

    /**
     * The services that have it, by the values of the option {@code service}. Of one with several faces those are named that
     * have it, unless all do.
     *
     * @param all faces that are known
     * @param which of them have it
     */
    public List<String> having(Collection<T> all, Predicate<T> which) {
        Map<String, List<T>> byService =
                all.stream().collect(Collectors.groupingBy(service, LinkedHashMap::new, Collectors.toList()));
        List<String> names = new ArrayList<>();
        byService.forEach((name, faces) -> {
            List<T> having = faces.stream().filter(which).toList();
            if (having.size() == faces.size()) {
                names.add(name);
            } else if (!having.isEmpty()) {
                names.add(name + " (" + having.stream().map(title).collect(Collectors.joining(", ")) + ")");
            }
        });
        return names;
    }
}
