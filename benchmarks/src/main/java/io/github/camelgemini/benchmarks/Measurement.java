package io.github.camelgemini.benchmarks;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one contestant needed for one workload.
 *
 * @param failure       what it failed with; the numbers mean nothing then
 * @param millis        of one operation, on average
 * @param error         half the width of the 99.9% confidence interval of that, NaN if there is none
 * @param processorMillis that this JVM used for one operation on all threads, those of the compiler and the collector too
 * @param allocated     bytes of heap allocated in one operation
 * @param heapMegabytes the smallest {@code -Xmx}, if it was looked for
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
