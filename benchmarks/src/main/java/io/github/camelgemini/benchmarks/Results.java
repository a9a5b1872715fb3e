package io.github.camelgemini.benchmarks;

import java.util.List;
import java.util.Optional;

/** All measurements of one run. */
record Results(List<Measurement> all) {

    Results {
        all = List.copyOf(all);
    }

    Optional<Measurement> of(Contestant contestant, Workload workload) {
        return all.stream()
                .filter(m -> m.contestant() == contestant && m.workload() == workload)
                .findFirst();
    }

    /** Of those that did not fail. */
    Optional<Measurement> success(Contestant contestant, Workload workload) {
        return of(contestant, workload).filter(m -> m.failure().isEmpty());
    }

    List<Workload> workloads() {
        return all.stream().map(Measurement::workload).distinct().sorted().toList();
    }

    List<Contestant> contestants() {
        return all.stream().map(Measurement::contestant).distinct().sorted().toList();
    }
}
