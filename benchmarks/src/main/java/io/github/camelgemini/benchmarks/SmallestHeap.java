package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the smallest {@code -Xmx} with which a client completes a workload, by bisection in child JVMs. */
final class SmallestHeap {

    /** In MB. A step is an eighth to a quarter, since garbage collection makes smaller differences random. */
    static final List<Integer> SIZES = List.of(
            6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448,
            512, 640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 4096);

    private static final int PATIENCE_SECONDS = 60;

    private final String baseUrl;
    private final Path directory;

    SmallestHeap(String baseUrl, Path directory) {
        this.baseUrl = baseUrl;
        this.directory = directory;
    }

    /** The outcome with a large heap: empty for success, or else the name of the error. */
    Optional<String> failure(Contestant contestant, Workload workload) throws IOException {
        String outcome = run(contestant, workload, SIZES.get(SIZES.size() - 1)).orElse("no end in sight");
        if (outcome.equals(HeapTrial.DONE)) {
            return Optional.empty();
        }
        // The JVM prints this before it ends.
        return Optional.of(outcome.contains("OutOfMemoryError") ? "OutOfMemoryError" : outcome);
    }

    /**
     * In MB, for a client that succeeds with the largest heap.
     *
     * @param atLeast a known lower bound, for example from smaller pictures
     */
    int find(Contestant contestant, Workload workload, int atLeast) throws IOException {
        return smallest(atLeast, size -> run(contestant, workload, size).equals(Optional.of(HeapTrial.DONE)));
    }

    /** Whether it succeeds with this heap in MB. */
    @FunctionalInterface
    interface Trial {
        boolean works(int megabytes) throws IOException;
    }

    static int smallest(int atLeast, Trial trial) throws IOException {
        int low = SIZES.indexOf(atLeast);
        int high = SIZES.size() - 1;
        // Larger workloads usually need only a little more than smaller ones.
        for (int step = 1; low < high; step *= 2) {
            int middle = Math.min(low + step - 1, (low + high) / 2);
            if (trial.works(SIZES.get(middle))) {
                high = middle;
                step = SIZES.size();
            } else {
                low = middle + 1;
            }
        }
        return SIZES.get(high);
    }

    private Optional<String> run(Contestant contestant, Workload workload, int megabytes) throws IOException {
        // With the fast compiler: these JVMs live for a second, and their time is not measured.
        List<String> flags =
                List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");
        try (ChildJvm jvm =
                ChildJvm.start(flags, HeapTrial.class, contestant.name(), workload.name(), baseUrl, directory)) {
            jvm.killAfter(PATIENCE_SECONDS);
            return jvm.line();
        }
    }
}
