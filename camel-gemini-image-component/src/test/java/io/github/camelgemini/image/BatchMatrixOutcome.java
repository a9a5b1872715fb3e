package io.github.camelgemini.image;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of a batch in the fault matrix.
 *
 * @param what the exception, or the results
 * @param made whether its jobs were created during the fault
 * @param says part of the messages of exceptions
 */
record BatchMatrixOutcome(String what, boolean made, String says) {

    private static final String PICTURE = "picture";

    /** The message with the requests fails, and no job was created. */
    static BatchMatrixOutcome refused(Class<? extends Throwable> failure, String says) {
        return new BatchMatrixOutcome(name(failure), false, says);
    }

    /** The jobs were created, whatever their outcome. */
    static BatchMatrixOutcome made(String what, String says) {
        return new BatchMatrixOutcome(what, true, says);
    }

    /** The jobs were created, and this many requests, or 0 for all, fail. */
    static BatchMatrixOutcome fails(int requests, Class<? extends Throwable> failure, String says) {
        return made(requests == 0 ? each(name(failure)) : some(requests, name(failure)), says);
    }

    /** Nothing is delivered, because the consumer cannot get the results. */
    static BatchMatrixOutcome pollFails(Class<? extends Throwable> failure, String says) {
        return made("nothing; a poll fails with " + name(failure), says);
    }

    static BatchMatrixOutcome pictures() {
        return made(each(PICTURE), "");
    }

    /** The results by key: an exception, or null for a picture. */
    static String came(Collection<Throwable> failures) {
        Map<String, List<String>> kinds = failures.stream()
                .map(failure -> failure == null ? PICTURE : name(failure.getClass()))
                .collect(groupingBy(kind -> kind, TreeMap::new, toList()));
        if (kinds.size() == 1) {
            return each(kinds.keySet().iterator().next());
        }
        return kinds.entrySet().stream()
                .filter(kind -> !kind.getKey().equals(PICTURE))
                .map(kind -> some(kind.getValue().size(), kind.getKey()))
                .collect(joining(", "));
    }

    private static String each(String kind) {
        return kind.equals(PICTURE) ? "each picture" : kind + " for each request";
    }

    private static String some(int count, String kind) {
        return kind + " for " + count + ", the other pictures";
    }

    static String name(Class<?> failure) {
        return "`" + failure.getSimpleName() + "`";
    }
}
