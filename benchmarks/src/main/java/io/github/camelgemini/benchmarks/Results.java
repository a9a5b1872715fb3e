package io.github.camelgemini.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All measurements of one run.
 *
 * @param all single operations
 * @param sustained sustained work
 */
record Results(List<Measurement> all, List<SustainedMeasurement> sustained) {

    Results {
        all = List.copyOf(all);
        sustained = List.copyOf(sustained);
    }

    Optional<Measurement> of(Contestant contestant, Workload workload) {
        return all.stream()
                .filter(m -> m.contestant() == contestant && m.workload() == workload)
                .findFirst();
    }

    /** The measurement, unless it failed. */
    Optional<Measurement> success(Contestant contestant, Workload workload) {
        return of(contestant, workload).filter(m -> m.failure().isEmpty());
    }

    Optional<SustainedMeasurement> sustained(Contestant contestant, Workload workload, int heapMegabytes) {
        return sustained.stream()
                .filter(m -> m.contestant() == contestant && m.workload() == workload)
                .filter(m -> m.heapMegabytes() == heapMegabytes)
                .findFirst();
    }

    List<Workload> workloads() {
        return Stream.concat(
                        all.stream().map(Measurement::workload),
                        sustained.stream().map(SustainedMeasurement::workload))
                .distinct()
                .sorted()
                .toList();
    }

    List<Contestant> contestants() {
        return all.stream().map(Measurement::contestant).distinct().sorted().toList();
    }
}
