package io.github.camelgemini.benchmarks;

import java.util.Optional;

/**
 * How one contestant did sustained work with one heap, once it was warm.
 *
 * @param heapMegabytes     its {@code -Xmx}
 * @param failure           why there are no numbers
 * @param perSecond         pictures that came
 * @param processorMillis   of its JVM, all threads, a picture that came
 * @param residentMegabytes the most memory that its JVM ever had, heap and everything else
 * @param lost              pictures that did not come
 */
record SustainedMeasurement(
        Contestant contestant,
        Workload workload,
        int heapMegabytes,
        Optional<String> failure,
        double perSecond,
        double processorMillis,
        long residentMegabytes,
        int lost) {

    static SustainedMeasurement failed(Contestant contestant, Workload workload, int heapMegabytes, String failure) {
        return new SustainedMeasurement(
                contestant, workload, heapMegabytes, Optional.of(failure), Double.NaN, Double.NaN, 0, 0);
    }

    boolean complete() {
        return failure.isEmpty() && lost == 0;
    }
}
