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

/** Runs sustained work of a client in a JVM with a given heap: many pictures, after a warm-up. */
final class SustainedTrial {

    /**
     * The number of tiny calls before each picture of the warm-up: code is compiled by the number of calls, not by
     * their size.
     */
    private static final int TINY = 5;

    /** The fraction of the pictures for the warm-up round. */
    private static final int PART = 2;

    private final PictureClient client;
    private final int inFlight;
    private final Path directory;

    private SustainedTrial(PictureClient client, int inFlight, Path directory) {
        this.client = client;
        this.inFlight = inFlight;
        this.directory = directory;
    }

    /**
     * Arguments: client, workload, number of pictures, base URL, directory. Prints pictures a second, milliseconds of
     * processor time for each picture, peak resident megabytes, and pictures lost. A round that loses some is the last
     * one. Nothing is printed for a round that loses all.
     */
    public static void main(String[] args) throws Exception {
        Workload workload = Workload.valueOf(args[1]);
        Path directory = Path.of(args[4]);
        Setting setting = Setting.of(workload, args[3], directory);
        try (PictureClient client = Contestant.valueOf(args[0]).open(setting)) {
            SustainedTrial trial = new SustainedTrial(client, workload.inFlight(), directory);
            int pictures = Integer.parseInt(args[2]);
            trial.round(Workload.TINY, pictures * TINY);
            Round round = trial.round(workload, pictures / PART);
            if (round.lost() == 0) {
                round = trial.round(workload, pictures);
            }
            if (round.perSecond() > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%.2f %.3f %d %d%n",
                        round.perSecond(),
                        round.processorMillis(),
                        peakResidentMegabytes(),
                        round.lost());
            }
        }
        System.exit(0);
    }

    private record Round(double perSecond, double processorMillis, int lost) {}

    private Round round(Workload workload, int pictures) throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger came = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(inFlight);
        double processor = ProcessorTime.millis();
        long start = System.nanoTime();
        for (int caller = 0; caller < inFlight; caller++) {
            callers.execute(() -> {
                for (int i = begun.getAndIncrement(); i < pictures; i = begun.getAndIncrement()) {
                    if (comes(workload, directory.resolve("picture-" + i + ".jpg"))) {
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

    /** Also catches errors: when the heap is full, only this picture is lost. */
    private boolean comes(Workload workload, Path file) {
        try {
            client.draw(workload.prompt(), file);
            long length = Files.size(file);
            Files.delete(file);
            return workload.received() == 0 || length == workload.received();
        } catch (Exception | Error e) {
            return false;
        }
    }

    /** If the operating system reports it, else 0. */
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
