package io.github.camelgemini.endpoints;

import static java.util.stream.Collectors.joining;

import io.github.camelgemini.endpoints.Outcome.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of the documentation in AsciiDoc, made of what happened. */
final class Page {

    private final Map<Destination, Map<PictureSize, Outcome>> rows = new EnumMap<>(Destination.class);

    void add(Destination destination, Map<PictureSize, Outcome> outcomes) {
        rows.put(destination, outcomes);
    }

    boolean isComplete() {
        return rows.keySet().containsAll(List.of(Destination.values()));
    }

    String text() {
        return "// Written by WherePicturesGoTest: what happened in its last run.\n"
                + "[cols=\"5,3,3,2,3\",options=\"header\"]\n|===\n|Endpoint |"
                + Stream.of(PictureSize.values()).map(PictureSize::title).collect(joining(" |"))
                + " |Streams |Type at the receiver\n"
                + rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(joining())
                + "|===\n";
    }

    private static String row(Destination destination, Map<PictureSize, Outcome> outcomes) {
        Outcome small = outcomes.get(PictureSize.SMALL);
        return Stream.concat(
                        Stream.of(destination.title()),
                        Stream.concat(
                                outcomes.values().stream().map(Outcome::text),
                                Stream.of(streams(outcomes.get(PictureSize.LARGE)), type(small))))
                .collect(joining("\n|", "\n|", "\n"));
    }

    /** What is larger than the heap went through it in pieces, or did not. */
    private static String streams(Outcome large) {
        return switch (large.kind()) {
            case ARRIVED, DIFFERS -> "yes";
            case HEAP_EXHAUSTED -> "no";
            case FAILED -> "–";
        };
    }

    private static String type(Outcome small) {
        if (small.kind() != Kind.ARRIVED) {
            return "–";
        }
        return small.type() == null ? "none" : "`" + small.type() + "`";
    }
}
