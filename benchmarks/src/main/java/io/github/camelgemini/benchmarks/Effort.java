package io.github.camelgemini.benchmarks;

import java.time.Duration;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The duration of a run. */
enum Effort {
    /** Only checks that everything works; the numbers are meaningless. */
    TRIAL(1, 1, 1, Duration.ofMillis(200), 10),
    /** About a quarter of an hour. */
    NORMAL(1, 3, 4, Duration.ofSeconds(1), 1),
    /** About an hour. */
    LONG(3, 5, 10, Duration.ofSeconds(2), 1);

    private final int jvms;
    private final int warmups;
    private final int iterations;
    private final Duration iteration;
    private final int part;

    Effort(int jvms, int warmups, int iterations, Duration iteration, int part) {
        this.jvms = jvms;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iteration = iteration;
        this.part = part;
    }

    /** The number of pictures in one round of sustained work. */
    int pictures(Workload workload) {
        return workload.calls() / part;
    }

    void apply(ChainedOptionsBuilder options, Workload workload) {
        TimeValue time = TimeValue.milliseconds(iteration.toMillis());
        options.forks(jvms);
        if (workload == Workload.IN_FLIGHT_256) {
            // An iteration is a single operation, for which the asynchronous SDK needs half a minute.
            options.warmupIterations(5).measurementIterations(Math.min(2, iterations));
        } else {
            // Operations of a millisecond depend mostly on code that is compiled much later than the code for large
            // pictures.
            options.warmupIterations(workload == Workload.TINY ? 6 * warmups : warmups)
                    .warmupTime(time);
            options.measurementIterations(iterations).measurementTime(time);
        }
    }
}
