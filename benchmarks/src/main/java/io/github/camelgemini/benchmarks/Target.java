package io.github.camelgemini.benchmarks;

import static io.github.camelgemini.benchmarks.Contestant.COMPONENT;
import static io.github.camelgemini.benchmarks.Contestant.COMPONENT_ALONE;
import static io.github.camelgemini.benchmarks.Contestant.LIMIT;
import static io.github.camelgemini.benchmarks.Contestant.SDK;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A target for the component, and the result of one run.
 *
 * @param what is measured
 * @param before value of the previous version, from which the target was derived
 * @param wanted upper or lower limit
 * @param value result
 * @param met whether the target is met
 */
record Target(String what, String before, String wanted, String value, boolean met) {

    /** A heap in which no other client completes sustained work, and the smallest one for Google's SDK. */
    private static final int SMALL_HEAP = 64;

    private static final int SMALLEST_OF_SDK = 256;

    private static final ToDoubleFunction<SustainedMeasurement> RATE = SustainedMeasurement::perSecond;
    private static final ToDoubleFunction<SustainedMeasurement> PROCESSOR = SustainedMeasurement::processorMillis;

    /** The targets for which the results have measurements. */
    static List<Target> check(Results results) {
        int usual = SustainedWork.USUAL;
        return Stream.of(
                        sustained(results, "pictures a second", RATE, usual, SDK, usual, "× 2.3", least(3.5)),
                        sustained(results, "processor time", PROCESSOR, usual, SDK, usual, "× 0.37", most(0.25)),
                        sustained(results, "processor time", PROCESSOR, usual, LIMIT, usual, "× 2.5", most(1.7)),
                        sustained(
                                results,
                                "pictures a second",
                                RATE,
                                SMALL_HEAP,
                                SDK,
                                SMALLEST_OF_SDK,
                                "× 2.0",
                                least(2)),
                        time(results, COMPONENT, Workload.RECEIVE_7_MB, LIMIT, "× 3.0", most(1.5)),
                        time(results, COMPONENT_ALONE, Workload.RECEIVE_20_MB, LIMIT, "× 1.63", most(1.6)),
                        heap(results, Workload.RECEIVE_7_MB, "in the heap", "–", most(1.2)),
                        heap(results, Workload.RECEIVE_20_MB, "in a file", "0.007", most(0.01)),
                        againstFastestPeer(results, Workload.IN_FLIGHT_256, "× 1.10", most(1.05)),
                        processor(results, Workload.TINY, SDK, "about × 1.6", most(1.6)))
                .flatMap(Optional::stream)
                .toList();
    }

    private record Bound(String sign, double number) {

        boolean holds(double value) {
            return sign.equals("≤") ? value <= number : value >= number;
        }
    }

    private static Bound most(double number) {
        return new Bound("≤", number);
    }

    private static Bound least(double number) {
        return new Bound("≥", number);
    }

    private static Optional<Target> sustained(
            Results results,
            String quantity,
            ToDoubleFunction<SustainedMeasurement> number,
            int megabytes,
            Contestant other,
            int othersMegabytes,
            String before,
            Bound bound) {
        Workload workload = Workload.SUSTAINED_1_MB;
        String what = "(a) " + quantity + ", " + workload.title() + ", -Xmx" + megabytes + "m";
        String against = name(other) + (othersMegabytes == megabytes ? "" : " with -Xmx" + othersMegabytes + "m");
        Optional<SustainedMeasurement> ours = results.sustained(COMPONENT, workload, megabytes);
        Optional<SustainedMeasurement> theirs = results.sustained(other, workload, othersMegabytes);
        return ours.flatMap(a -> theirs.map(b -> {
            String wanted = bound.sign() + " " + bound.number() + " × " + against;
            if (!a.complete()) {
                return new Target(what, before, wanted, "loses pictures", false);
            }
            if (!b.complete()) {
                return new Target(what, before, wanted, "(" + other.letter() + ") loses pictures", true);
            }
            return ratio(what, before, wanted, number.applyAsDouble(a) / number.applyAsDouble(b), bound);
        }));
    }

    private static Optional<Target> heap(Results results, Workload workload, String where, String before, Bound bound) {
        String what = "(a) heap allocated per byte received, " + where + ", " + workload.title();
        String wanted = bound.sign() + " " + bound.number();
        return results.of(COMPONENT, workload).map(m -> m.failure()
                .map(failure -> new Target(what, before, wanted, "fails: " + failure, false))
                .orElseGet(() -> new Target(
                        what,
                        before,
                        wanted,
                        String.format(Locale.ROOT, "%.4f", m.allocatedPerByte()),
                        bound.holds(m.allocatedPerByte()))));
    }

    private static Optional<Target> time(
            Results results, Contestant who, Workload workload, Contestant other, String before, Bound bound) {
        return compared(results, who, workload, "time", Measurement::millis, other, before, bound);
    }

    private static Optional<Target> processor(
            Results results, Workload workload, Contestant other, String before, Bound bound) {
        return compared(
                results, COMPONENT, workload, "processor time", Measurement::processorMillis, other, before, bound);
    }

    private static Optional<Target> againstFastestPeer(Results results, Workload workload, String before, Bound bound) {
        return results.contestants().stream()
                .filter(Contestant::isPeer)
                .flatMap(peer -> results.success(peer, workload).stream())
                .min(Comparator.comparingDouble(Measurement::millis))
                .flatMap(fastest -> time(results, COMPONENT, workload, fastest.contestant(), before, bound));
    }

    private static Optional<Target> compared(
            Results results,
            Contestant who,
            Workload workload,
            String quantity,
            ToDoubleFunction<Measurement> number,
            Contestant other,
            String before,
            Bound bound) {
        String what = "(" + who.letter() + ") " + quantity + ", " + workload.title();
        String wanted = bound.sign() + " " + bound.number() + " × " + name(other);
        return results.of(who, workload)
                .flatMap(a -> results.of(other, workload).map(b -> {
                    if (a.failure().isPresent()) {
                        return new Target(
                                what, before, wanted, "fails: " + a.failure().get(), false);
                    }
                    if (b.failure().isPresent()) {
                        return new Target(what, before, wanted, "(" + other.letter() + ") fails", true);
                    }
                    return ratio(what, before, wanted, number.applyAsDouble(a) / number.applyAsDouble(b), bound);
                }));
    }

    private static Target ratio(String what, String before, String wanted, double ratio, Bound bound) {
        return new Target(what, before, wanted, String.format(Locale.ROOT, "× %.2f", ratio), bound.holds(ratio));
    }

    private static String name(Contestant contestant) {
        return "(" + contestant.letter() + ") " + contestant.title();
    }
}
