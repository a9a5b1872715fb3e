package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs every workload with every client that takes part, one after another. A failure does not stop the run. */
final class Measuring {

    private final String baseUrl;
    private final Path work;
    private final Effort effort;
    private final Consumer<String> progress;
    private final SmallestHeap smallestHeap;
    private final SustainedWork sustainedWork;
    private final Map<Contestant, Integer> heapOfSmallerPictures = new EnumMap<>(Contestant.class);

    /**
     * @param work directory for pictures, spool files and the output of JMH
     */
    Measuring(EmulatorProcess emulator, Path work, Effort effort, Consumer<String> progress) {
        this.baseUrl = emulator.baseUrl();
        this.work = work;
        this.effort = effort;
        this.progress = progress;
        this.smallestHeap = new SmallestHeap(baseUrl, work.resolve("pictures"));
        this.sustainedWork = new SustainedWork(emulator.instantUrl(), work.resolve("pictures"), effort);
    }

    Results run(Collection<Workload> workloads) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<SustainedMeasurement> sustained = new ArrayList<>();
        for (Workload workload : workloads) {
            heapOfSmallerPictures.keySet().removeIf(c -> workload.references() == 1);
            for (Contestant contestant : Contestant.values()) {
                if (!contestant.takesPartIn(workload)) {
                    continue;
                }
                if (workload.sustained()) {
                    List<SustainedMeasurement> measured = sustainedWork.measure(contestant, workload);
                    measured.forEach(m -> progress.accept(describe(m)));
                    sustained.addAll(measured);
                } else {
                    Measurement measurement = measure(contestant, workload);
                    progress.accept(describe(measurement));
                    measurements.add(measurement);
                }
            }
        }
        return new Results(measurements, sustained);
    }

    Measurement measure(Contestant contestant, Workload workload) throws IOException {
        Optional<String> failure = smallestHeap.failure(contestant, workload);
        if (failure.isPresent()) {
            return Measurement.failed(contestant, workload, failure.get());
        }
        OptionalInt heap = workload.calls() == 1 ? OptionalInt.of(heap(contestant, workload)) : OptionalInt.empty();
        try {
            RunResult result = new Runner(options(contestant, workload).build()).runSingle();
            Result<?> time = result.getPrimaryResult();
            return new Measurement(
                    contestant,
                    workload,
                    failure,
                    time.getScore(),
                    time.getScoreError(),
                    result.getSecondaryResults().get(ProcessorTime.LABEL).getScore(),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore(),
                    heap);
        } catch (RunnerException e) {
            return Measurement.failed(contestant, workload, "fails under load, see jmh.txt");
        }
    }

    /** Larger pictures need at least as much heap as smaller ones, which saves most of the trials. */
    private int heap(Contestant contestant, Workload workload) throws IOException {
        int least = heapOfSmallerPictures.getOrDefault(contestant, SmallestHeap.SIZES.get(0));
        int found = smallestHeap.find(contestant, workload, least);
        heapOfSmallerPictures.put(contestant, found);
        return found;
    }

    private ChainedOptionsBuilder options(Contestant contestant, Workload workload) {
        String method = workload.calls() == 1 ? "oneAfterTheOther" : "atOnce";
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DrawingBenchmark.class.getName() + "." + method + "$")
                .param("contestant", contestant.name())
                .param("workload", workload.name())
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .timeout(org.openjdk.jmh.runner.options.TimeValue.minutes(5))
                .jvmArgs(
                        "-Xmx4g",
                        "-D" + DrawingBenchmark.BASE_URL + "=" + baseUrl,
                        "-D" + DrawingBenchmark.DIRECTORY + "=" + work.resolve("pictures"))
                .timeUnit(TimeUnit.MILLISECONDS)
                .output(work.resolve("jmh-" + contestant + "-" + workload + ".txt")
                        .toString());
        effort.apply(options, workload);
        return options;
    }

    private static String describe(Measurement m) {
        String start = String.format(
                Locale.ROOT, "%-32s (%s) ", m.workload().title(), m.contestant().letter());
        return m.failure()
                .map(failure -> start + failure)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s %10.2f ms ± %8.2f  %10.2f ms of processor  %12.0f bytes  %s",
                        start,
                        m.millis(),
                        m.error(),
                        m.processorMillis(),
                        m.allocated(),
                        m.heapMegabytes().isPresent()
                                ? "-Xmx" + m.heapMegabytes().getAsInt() + "m"
                                : ""));
    }

    private static String describe(SustainedMeasurement m) {
        String start = String.format(
                Locale.ROOT,
                "%-42s (%s) -Xmx%dm ",
                m.workload().title(),
                m.contestant().letter(),
                m.heapMegabytes());
        return m.failure()
                .map(failure -> start + failure)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s %8.1f a second  %8.2f ms of processor  %d MB resident  %d lost",
                        start,
                        m.perSecond(),
                        m.processorMillis(),
                        m.residentMegabytes(),
                        m.lost()));
    }
}
