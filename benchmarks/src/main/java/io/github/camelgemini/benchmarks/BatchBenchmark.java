package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the results of a large batch into files with a heap of 64 MB, and compares this with hand-written code for the
 * same bytes.
 */
final class BatchBenchmark {

    private static final String HEAP = "-Xmx64m";

    private BatchBenchmark() {}

    /** Arguments: number of requests (50,000 make an answer of 1.2 GB), directory. */
    public static void main(String[] args) throws IOException {
        int requests = Integer.parseInt(args[0]);
        Path directory = Path.of(args[1]);
        System.out.println(
                "way: seconds to submit, seconds for the results, processor seconds for these, peak MB of the"
                        + " heap, files");
        try (ChildJvm server = ChildJvm.start(List.of(), BatchServer.class, requests)) {
            String baseUrl = server.line().orElseThrow();
            // The first run fills the file system cache.
            for (BatchTrial.Way way : List.of(
                    BatchTrial.Way.BY_HAND, BatchTrial.Way.IN_HEAP, BatchTrial.Way.IN_FOLDER, BatchTrial.Way.BY_HAND)) {
                Path own = Files.createDirectories(directory.resolve(way.name()));
                try (ChildJvm trial = ChildJvm.start(List.of(HEAP), BatchTrial.class, way, requests, baseUrl, own)) {
                    System.out.println(way + ": " + trial.line().orElse("failed"));
                }
                delete(own);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
