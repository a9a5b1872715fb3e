package io.github.camelgemini.benchmarks;

import java.nio.file.Path;

/** Runs a workload a few times in a JVM with a given heap, and reports the outcome. */
final class HeapTrial {

    static final String DONE = "done";

    private static final int TIMES = 3;

    private HeapTrial() {}

    /** Arguments: client, workload, base URL, directory. Prints {@value #DONE}, or the failure. */
    public static void main(String[] args) throws Exception {
        Workload workload = Workload.valueOf(args[1]);
        Path directory = Path.of(args[3]);
        Setting setting = Setting.of(workload, args[2], directory);
        String outcome = DONE;
        try (PictureClient client = Contestant.valueOf(args[0]).open(setting)) {
            for (int i = 0; i < TIMES; i++) {
                client.draw(workload.prompt(), directory.resolve("picture.jpg"));
            }
        } catch (Exception e) {
            outcome = rootCause(e).getClass().getSimpleName();
        }
        System.out.println(outcome);
        // Clients leave threads behind that would keep the process alive for a minute.
        System.exit(0);
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }
}
