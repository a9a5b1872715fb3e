package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures sustained work with the heap of a small service, and with others down or up to the smallest that loses no picture. */
final class SustainedWork {

    static final int USUAL = 512;

    /** In MB. */
    private static final List<Integer> SIZES = List.of(32, 64, 128, 256, USUAL, 1024, 2048, 4096);

    private static final int PATIENCE_SECONDS = 60;

    private final String baseUrl;
    private final Path directory;
    private final Effort effort;

    SustainedWork(String baseUrl, Path directory, Effort effort) {
        this.baseUrl = baseUrl;
        this.directory = directory;
        this.effort = effort;
    }

    /** With {@link #USUAL} first; the smallest heap that loses none is the smallest that is complete. */
    List<SustainedMeasurement> measure(Contestant contestant, Workload workload) throws IOException {
        List<SustainedMeasurement> measured = new ArrayList<>();
        int size = SIZES.indexOf(USUAL);
        boolean complete = true;
        int step = 0;
        do {
            SustainedMeasurement next = measure(contestant, workload, SIZES.get(size));
            measured.add(next);
            if (step == 0) {
                complete = next.complete();
                step = complete ? -1 : 1;
            }
            size += step;
        } while (size >= 0
                && size < SIZES.size()
                && measured.get(measured.size() - 1).complete() == complete);
        return measured;
    }

    SustainedMeasurement measure(Contestant contestant, Workload workload, int megabytes) throws IOException {
        try (ChildJvm jvm = ChildJvm.start(
                List.of("-Xmx" + megabytes + "m"),
                SustainedTrial.class,
                contestant.name(),
                workload.name(),
                effort.pictures(workload),
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
                            contestant, workload, megabytes, "no end within " + PATIENCE_SECONDS + " s"));
        }
    }
}
