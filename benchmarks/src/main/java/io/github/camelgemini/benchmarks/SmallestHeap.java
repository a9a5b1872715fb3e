package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the smallest {@code -Xmx} with which a contestant does a workload, by halving in child JVMs. */
final class SmallestHeap {

    /** In MB. A step is an eighth to a quarter: garbage collection makes anything finer a matter of luck. */
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

    /** What a contestant does with much heap: empty if it works, else the name of what it fails with. */
    Optional<String> failure(Contestant contestant, Workload workload) throws IOException {
        String outcome = run(contestant, workload, SIZES.get(SIZES.size() - 1)).orElse("no end in sight");
        if (outcome.equals(HeapTrial.DONE)) {
            return Optional.empty();
        }
        // That is what the JVM says before it gives up.
        return Optional.of(outcome.contains("OutOfMemoryError") ? "OutOfMemoryError" : outcome);
    }

    /**
     * In MB, for a contestant that works with the largest heap.
     *
     * @param atLeast what is known to be needed, for instance for smaller pictures
     */
    int find(Contestant contestant, Workload workload, int atLeast) throws IOException {
        return smallest(atLeast, size -> run(contestant, workload, size).equals(Optional.of(HeapTrial.DONE)));
    }

    /** Whether something works with so many MB. */
    @FunctionalInterface
    interface Trial {
        boolean works(int megabytes) throws IOException;
    }

    static int smallest(int atLeast, Trial trial) throws IOException {
        int low = SIZES.indexOf(atLeast);
        int high = SIZES.size() - 1;
        // What is needed for more is mostly little more than what was needed for less.
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
        // Compiled quickly: these JVMs live for a second, and nobody takes their time.
        List<String> flags =
                List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");
        try (ChildJvm jvm =
                ChildJvm.start(flags, HeapTrial.class, contestant.name(), workload.name(), baseUrl, directory)) {
            jvm.killAfter(PATIENCE_SECONDS);
            return jvm.line();
        }
    }
}
