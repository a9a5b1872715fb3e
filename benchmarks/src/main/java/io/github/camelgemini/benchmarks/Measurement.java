package io.github.camelgemini.benchmarks;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result of one client with one workload.
 *
 * @param failure the error, or null; with an error, the numbers are meaningless
 * @param millis of one operation, on average
 * @param error half the width of the 99.9% confidence interval of {@code millis}, NaN if there is none
 * @param processorMillis of this JVM for one operation on all threads, including compiler and garbage collector
 * @param allocated bytes of heap allocated in one operation
 * @param heapMegabytes the smallest {@code -Xmx}, if it was determined
 */
record Measurement(
        Contestant contestant,
        Workload workload,
        Optional<String> failure,
        double millis,
        double error,
        double processorMillis,
        double allocated,
        OptionalInt heapMegabytes) {

    static Measurement failed(Contestant contestant, Workload workload, String failure) {
        return new Measurement(
                contestant,
                workload,
                Optional.of(failure),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                OptionalInt.empty());
    }

    double allocatedPerByte() {
        return allocated / workload.pictureBytes();
    }
}
