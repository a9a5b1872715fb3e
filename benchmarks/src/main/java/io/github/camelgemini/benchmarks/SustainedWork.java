package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures sustained work with the heap of a small service, and with the smallest of several heaps that loses no
 * picture.
 */
final class SustainedWork {

    static final int USUAL = 512;

    /** In MB. */
    private static final List<Integer> SIZES = List.of(64, 128, 256, USUAL, 1024, 2048, 4096);

    /** The fraction of the pictures for the decision whether to measure a heap. */
    private static final int PART = 4;

    private static final int PATIENCE_SECONDS = 90;

    private final String baseUrl;
    private final Path directory;
    private final Effort effort;

    SustainedWork(String baseUrl, Path directory, Effort effort) {
        this.baseUrl = baseUrl;
        this.directory = directory;
        this.effort = effort;
    }

    /** First with {@link #USUAL}, then with the smallest heap that loses no picture, if there is one. */
    List<SustainedMeasurement> measure(Contestant contestant, Workload workload) throws IOException {
        int pictures = effort.pictures(workload);
        List<SustainedMeasurement> measured = new ArrayList<>();
        measured.add(measure(contestant, workload, USUAL, pictures));
        int size = SIZES.indexOf(USUAL);
        if (measured.get(0).complete()) {
            while (size > 0
                    && measure(contestant, workload, SIZES.get(size - 1), pictures / PART)
                            .complete()) {
                size--;
            }
        } else {
            size++;
        }
        boolean complete = false;
        for (; !complete && size < SIZES.size() && SIZES.get(size) != USUAL; size++) {
            SustainedMeasurement next = measure(contestant, workload, SIZES.get(size), pictures);
            measured.add(next);
            complete = next.complete();
        }
        return measured;
    }

    SustainedMeasurement measure(Contestant contestant, Workload workload, int megabytes, int pictures)
            throws IOException {
        try (ChildJvm jvm = ChildJvm.start(
                List.of("-Xmx" + megabytes + "m"),
                SustainedTrial.class,
                contestant.name(),
                workload.name(),
                pictures,
                baseUrl,
                directory)) {
            jvm.killAfter(PATIENCE_SECONDS);
            Optional<String[]> said = jvm.line().map(line -> line.split(" "));
            return said.filter(numbers -> numbers.length == 4)
                    .map(numbers -> new SustainedMeasurement(
                            contestant,
                            workload,
                            megabytes,
                            Optional.empty(),
                            Double.parseDouble(numbers[0]),
                            Double.parseDouble(numbers[1]),
                            Long.parseLong(numbers[2]),
                            Integer.parseInt(numbers[3])))
                    .orElseGet(() -> SustainedMeasurement.failed(
                            contestant, workload, megabytes, "none came within " + PATIENCE_SECONDS + " s"));
        }
    }
}
