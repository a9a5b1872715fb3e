package io.github.camelgemini.benchmarks;

import static io.github.camelgemini.benchmarks.Contestant.COMPONENT;
import static io.github.camelgemini.benchmarks.Contestant.COMPONENT_ALONE;
import static io.github.camelgemini.benchmarks.Contestant.COMPONENT_DEFAULT_BUFFER;
import static io.github.camelgemini.benchmarks.Contestant.HTTP;
import static io.github.camelgemini.benchmarks.Contestant.HTTP_RAISED;
import static io.github.camelgemini.benchmarks.Contestant.LANGCHAIN4J;
import static io.github.camelgemini.benchmarks.Contestant.LIMIT;
import static io.github.camelgemini.benchmarks.Contestant.SDK;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the component is to reach, and what it did reach in one run.
 *
 * @param what   is measured
 * @param wanted the most that it may be
 * @param value  what it was
 * @param met    whether that is enough
 */
record Target(String what, String wanted, String value, boolean met) {

    /** Calls that all are in flight end together; this much later is what 256 callers may take on top. */
    private static final double IN_FLIGHT = 1.2;

    private static final double DELAY_MILLIS = 500;

    /** Those targets whose measurements are among the results. */
    static List<Target> check(Results results) {
        return Stream.of(
                        heap(results, COMPONENT, Workload.RECEIVE_800_KB, "received", 0.15),
                        heap(results, COMPONENT_DEFAULT_BUFFER, Workload.RECEIVE_800_KB, "received", 0.15),
                        heap(results, COMPONENT, Workload.RECEIVE_20_MB, "received", 0.01),
                        heap(results, COMPONENT_DEFAULT_BUFFER, Workload.RECEIVE_20_MB, "received", 0.01),
                        heap(results, COMPONENT, Workload.RECEIVE_100_MB, "received", 0.01),
                        heap(results, COMPONENT, Workload.SEND_14_REFERENCES, "sent", 0.01),
                        time(results, COMPONENT, Workload.RECEIVE_20_MB, LIMIT, 1.2),
                        time(results, COMPONENT_ALONE, Workload.RECEIVE_20_MB, LIMIT, 1.2),
                        time(results, COMPONENT, Workload.RECEIVE_20_MB, SDK, 1),
                        time(results, COMPONENT, Workload.RECEIVE_20_MB, HTTP, 1),
                        time(results, COMPONENT, Workload.RECEIVE_20_MB, HTTP_RAISED, 1),
                        time(results, COMPONENT, Workload.RECEIVE_20_MB, LANGCHAIN4J, 1),
                        inFlight(results),
                        time(results, COMPONENT, Workload.TINY, SDK, 1),
                        time(results, COMPONENT_ALONE, Workload.TINY, SDK, 1))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Target> heap(Results results, Contestant who, Workload workload, String verb, double most) {
        String what = "(" + who.letter() + ") heap allocated per byte " + verb + ", " + workload.title();
        return results.of(who, workload)
                .map(m -> checked(what, "≤ " + most, m, done -> new Value(done.allocatedPerByte(), "%.4f", most)));
    }

    private static Optional<Target> time(
            Results results, Contestant who, Workload workload, Contestant other, double most) {
        String what = "(" + who.letter() + ") time, " + workload.title();
        String wanted = "≤ " + (most == 1 ? "" : most + " × ") + "(" + other.letter() + ") " + other.title();
        Optional<Measurement> component = results.of(who, workload);
        Optional<Measurement> compared = results.of(other, workload);
        if (component.isEmpty() || compared.isEmpty()) {
            return Optional.empty();
        }
        if (compared.get().failure().isPresent() && component.get().failure().isEmpty()) {
            return Optional.of(new Target(what, wanted, "(" + other.letter() + ") fails", true));
        }
        double base = compared.get().millis();
        return Optional.of(
                checked(what, wanted, component.get(), done -> new Value(done.millis() / base, "× %.2f", most)));
    }

    /** What the limit takes beyond the delay is the set-up of 256 connections. */
    private static Optional<Target> inFlight(Results results) {
        return results.success(LIMIT, Workload.IN_FLIGHT_256)
                .flatMap(limit -> results.of(COMPONENT, Workload.IN_FLIGHT_256).map(m -> {
                    double setUp = limit.millis() - DELAY_MILLIS;
                    double most = IN_FLIGHT * DELAY_MILLIS + setUp;
                    String wanted = String.format(
                            Locale.ROOT,
                            "≤ %.1f × %.0f ms + %.0f ms to set up connections",
                            IN_FLIGHT,
                            DELAY_MILLIS,
                            setUp);
                    return checked(
                            "(a) time, " + m.workload().title(),
                            wanted,
                            m,
                            done -> new Value(done.millis(), "%.0f ms", most));
                }));
    }

    private record Value(double number, String format, double most) {}

    private static Target checked(String what, String wanted, Measurement of, Function<Measurement, Value> reading) {
        if (of.failure().isPresent()) {
            return new Target(what, wanted, "fails: " + of.failure().get(), false);
        }
        Value value = reading.apply(of);
        String text = String.format(Locale.ROOT, value.format(), value.number());
        return new Target(what, wanted, text, value.number() <= value.most());
    }
}
