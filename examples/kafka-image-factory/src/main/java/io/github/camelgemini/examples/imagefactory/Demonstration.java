package io.github.camelgemini.examples.imagefactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.examples.imagefactory.Outcomes.Outcome;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.util.FileUtil;

/**
 * Runs the jobs of {@code jobs.txt} with one worker, prints a line for each outcome, and writes the pictures to a
 * folder.
 */
final class Demonstration {

    private static final int PARTITIONS = 4;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path target;
    private final Path jobs;
    private final PrintStream out;

    Demonstration(Path target, PrintStream out) {
        this(target, Path.of("jobs.txt"), out);
    }

    Demonstration(Path target, Path jobs, PrintStream out) {
        this.target = target;
        this.jobs = jobs;
        this.out = out;
    }

    /**
     * Runs until each job is a picture or a dead letter.
     *
     * @throws IllegalStateException when no job can succeed: the key is refused, or there is no network
     */
    void run(Map<String, String> environment) throws Exception {
        Optional<String> key = Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
        if (key.isPresent()) {
            Reachable.api();
        }
        List<Job> all = jobs();
        long ids = all.stream().map(Job::id).distinct().count();
        out.println("Starting a Kafka broker, an S3 server and a worker, each as its own process.");
        try (Servers servers = Servers.start(target.resolve("servers"), PARTITIONS);
                Outcomes outcomes = new Outcomes(servers)) {
            servers.emulator().on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
            out.printf(
                    "Kafka  %s, topics %s, %s, %s%nS3     %s/%s%n",
                    servers.broker().address(),
                    Servers.PROMPTS,
                    Servers.RESULTS,
                    Servers.DEAD_LETTERS,
                    servers.store().address(),
                    ObjectStore.BUCKET);
            out.println(
                    key.map(name -> name
                                    + " is set, so Google draws the pictures and bills you about $0.035 for each of "
                                    + ids + " pictures. To use the free emulator instead, unset it.")
                            .orElse(
                                    "The emulator draws, on this machine: no key, no network, no cost. It writes each prompt on a landscape."));
            out.println();
            try (ChildJvm worker =
                    servers.startWorker("worker", key.isPresent() ? Map.of() : servers.emulatorProperties())) {
                Prompts.send(servers, all);
                awaitAll(ids, outcomes, worker);
                worker.stop();
            }
            report(servers, outcomes, key.isPresent());
        }
    }

    private void awaitAll(long ids, Outcomes outcomes, ChildJvm worker) throws IOException {
        Instant heard = Instant.now();
        while (outcomes.byId().size() < ids) {
            int before = outcomes.byId().size();
            outcomes.poll(outcome -> out.println(line(outcome)));
            worker.mustBeAlive();
            if (outcomes.byId().size() > before) {
                heard = Instant.now();
            } else if (Duration.between(heard, Instant.now()).compareTo(QUIET) > 0) {
                out.println("No result for a minute. See the worker's log: " + worker.log());
                heard = Instant.now();
            }
        }
    }

    /** Each line contains an id, a space, and the request. */
    private List<Job> jobs() throws IOException {
        return Files.readAllLines(jobs).stream()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Job(parts[0], parts[1]))
                .toList();
    }

    private static String line(Outcome outcome) {
        String id = String.format("  %-20s  ", outcome.id());
        if (!outcome.isPicture()) {
            return id + "DEAD LETTER  " + outcome.reason().orElseThrow();
        }
        JsonNode result = read(outcome);
        return id
                + String.format(
                        Locale.ROOT,
                        "%11s  %5d kB  %5d tokens  $%.3f  %s",
                        result.get("width").asInt() + "x" + result.get("height").asInt(),
                        result.get("bytes").asLong() / 1000,
                        result.get("tokens").asInt(),
                        result.get("cost-usd").asDouble(),
                        result.get("location").asText());
    }

    private void report(Servers servers, Outcomes outcomes, boolean google) throws IOException {
        Path pictures = target.resolve("pictures");
        FileUtil.removeDir(pictures.toFile());
        Files.createDirectories(pictures);
        List<String> keys = servers.store().keys();
        keys.forEach(key -> servers.store().download(key, pictures.resolve(key)));
        double cost = outcomes.byId().stream()
                .filter(Outcome::isPicture)
                .mapToDouble(outcome -> read(outcome).get("cost-usd").asDouble())
                .sum();
        out.println();
        out.printf(
                "%d pictures in the bucket, %d dead letters. Copies of the pictures: %s%n",
                keys.size(),
                outcomes.byId().stream().filter(outcome -> !outcome.isPicture()).count(),
                pictures);
        out.printf(
                Locale.ROOT,
                "Estimated cost at Google's list prices: $%.2f.%s%n",
                cost,
                google ? "" : " The emulator cost nothing.");
    }

    private static JsonNode read(Outcome outcome) {
        try {
            return JSON.readTree(outcome.value());
        } catch (IOException e) {
            throw new IllegalStateException("A result is no JSON: " + outcome, e);
        }
    }
}
