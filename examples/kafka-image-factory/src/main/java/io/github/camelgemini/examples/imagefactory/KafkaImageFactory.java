package io.github.camelgemini.examples.imagefactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts servers and workers, and sends prompts: those of {@code jobs.txt} to one worker, or many to several workers of
 * which one is killed. With your own broker it only runs a worker.
 */
public final class KafkaImageFactory {

    /** If this environment variable is set, the worker uses that broker. */
    private static final String BROKERS = "KAFKA_BROKERS";

    private static final int MOST_WORKERS = 20;
    private static final int MOST_PROMPTS = 10_000;

    private KafkaImageFactory() {}

    /**
     * Arguments: {@code workers=} and {@code prompts=}, each may be empty. Ends the JVM with status 1 when something
     * failed.
     */
    public static void main(String[] args) throws Exception {
        if (!System.getenv().getOrDefault(BROKERS, "").isBlank()) {
            System.out.println(BROKERS + " is set, so this is a worker for " + System.getenv(BROKERS)
                    + " until Ctrl-C. Without it, the example starts its own broker and S3 server.");
            work(args);
        }
        Map<String, String> given = new TreeMap<>();
        for (String arg : args) {
            given.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        Path target = Path.of("target").toAbsolutePath();
        boolean well = true;
        try {
            int workers = number("workers", given, 1, MOST_WORKERS);
            int prompts = number("prompts", given, 50 * workers, MOST_PROMPTS);
            if (workers == 1 && given.getOrDefault("prompts", "").isBlank()) {
                new Demonstration(target, System.out).run(System.getenv());
            } else {
                well = new Trial(target, System.out).run(workers, prompts);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.out.println(e.getMessage());
            well = false;
        }
        System.exit(well ? 0 : 1);
    }

    /** Ends the JVM. */
    private static void work(String[] args) throws Exception {
        try {
            Reachable.broker(System.getenv(BROKERS));
            Reachable.api();
            Worker.main(args);
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int number(String name, Map<String, String> given, int otherwise, int most) {
        String value = given.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("-D" + name + "=" + value + " must be a number from 1 to " + most
                + ", because this machine does all the work.");
    }
}
