package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One contestant under sustained work in a JVM whose heap somebody else chose: many pictures, after two rounds of fewer to warm up. */
final class SustainedTrial {

    private static final int WARM_UPS = 2;

    /** Of a round to warm up. */
    private static final int PART = 2;

    private final PictureClient client;
    private final Workload workload;
    private final Path directory;

    private SustainedTrial(PictureClient client, Workload workload, Path directory) {
        this.client = client;
        this.workload = workload;
        this.directory = directory;
    }

    /**
     * Arguments: contestant, workload, pictures, base URL, directory. Prints pictures a second, milliseconds of processor time a
     * picture, peak resident megabytes, and pictures lost. A round that loses some is the last.
     */
    public static void main(String[] args) throws Exception {
        Workload workload = Workload.valueOf(args[1]);
        Path directory = Path.of(args[4]);
        Setting setting = Setting.of(workload, args[3], directory);
        try (PictureClient client = Contestant.valueOf(args[0]).open(setting)) {
            SustainedTrial trial = new SustainedTrial(client, workload, directory);
            int pictures = Integer.parseInt(args[2]);
            Round round = trial.round(pictures / PART);
            for (int i = 1; i <= WARM_UPS && round.lost() == 0; i++) {
                round = trial.round(i < WARM_UPS ? pictures / PART : pictures);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%.2f %.3f %d %d%n",
                    round.perSecond(),
                    round.processorMillis(),
                    peakResidentMegabytes(),
                    round.lost());
        }
        System.exit(0);
    }

    private record Round(double perSecond, double processorMillis, int lost) {}

    private Round round(int pictures) throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger came = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(workload.inFlight());
        double processor = ProcessorTime.millis();
        long start = System.nanoTime();
        for (int caller = 0; caller < workload.inFlight(); caller++) {
            callers.execute(() -> {
                for (int i = begun.getAndIncrement(); i < pictures; i = begun.getAndIncrement()) {
                    if (comes(directory.resolve("picture-" + i + ".jpg"))) {
                        came.incrementAndGet();
                    }
                }
            });
        }
        callers.shutdown();
        callers.awaitTermination(1, TimeUnit.DAYS);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(
                came.get() / seconds, (ProcessorTime.millis() - processor) / came.get(), pictures - came.get());
    }

    /** Errors are caught too: what runs out of memory loses its picture, and the others go on. */
    private boolean comes(Path file) {
        try {
            client.draw(workload.prompt(), file);
            return Files.size(file) == workload.received() && Files.deleteIfExists(file);
        } catch (Exception | Error e) {
            return false;
        }
    }

    /** Where the operating system says so, else 0. */
    private static long peakResidentMegabytes() throws IOException {
        Path linux = Path.of("/proc/self/status");
        return (Files.isReadable(linux) ? Files.readAllLines(linux) : List.<String>of())
                .stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                        .findFirst()
                        .orElse(0);
    }
}
