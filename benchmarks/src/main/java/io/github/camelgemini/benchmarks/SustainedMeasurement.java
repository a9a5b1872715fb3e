package io.github.camelgemini.benchmarks;

import java.util.Optional;

/**
 * The result of sustained work by one client with one heap, after the warm-up.
 *
 * @param heapMegabytes its {@code -Xmx}
 * @param failure why there are no numbers
 * @param perSecond completed pictures a second
 * @param processorMillis of its JVM, all threads, for each completed picture
 * @param residentMegabytes peak memory of its JVM, heap and everything else
 * @param lost number of failed pictures
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
