package io.github.camelgemini.examples.imagefactory;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends many prompts to several workers of a consumer group, kills one of them, and counts all results. */
final class Trial {

    private static final int PROMPTS_AT_A_TIME = 4;
    /** The emulator waits instead of drawing, so that the measurement does not depend on this machine's cores. */
    private static final Duration TIME_OF_A_PICTURE = Duration.ofSeconds(2);

    private final Path target;
    private final PrintStream out;

    Trial(Path target, PrintStream out) {
        this.target = target;
        this.out = out;
    }

    /** Returns whether nothing was lost or duplicated. */
    boolean run(int workers, int prompts) throws IOException, InterruptedException {
        int partitions = workers * PROMPTS_AT_A_TIME;
        out.printf(
                "Starting a Kafka broker with %d partitions, an S3 server, and %s, %d prompts at a time each.%n",
                partitions, workers == 1 ? "one worker" : workers + " workers", PROMPTS_AT_A_TIME);
        out.printf("The emulator takes %d s for each picture.%n%n", TIME_OF_A_PICTURE.toSeconds());
        List<ChildJvm> alive = new ArrayList<>();
        try (Servers servers = Servers.start(target.resolve("servers"), partitions);
                Outcomes outcomes = new Outcomes(servers)) {
            servers.emulator().on(RequestMatcher.any()).answer(Fault.pixels(64, 64), Fault.delay(TIME_OF_A_PICTURE));
            for (int worker = 1; worker <= workers; worker++) {
                alive.add(start(servers, worker));
            }
            List<Job> jobs = IntStream.rangeClosed(1, prompts)
                    .mapToObj(i -> new Job("picture-" + i, "{\"prompt\": \"Picture " + i + "\"}"))
                    .toList();
            Prompts.send(servers, jobs);

            boolean kill = workers > 1;
            Throughput most = null;
            int told = 0;
            while (told < prompts) {
                outcomes.poll(fresh -> {});
                told = printProgress(told, outcomes.byId().size(), prompts, servers);
                // The first four fifths only: the rest waits for the fullest partition, which matters less with more
                // prompts.
                if (most == null && told > 0 && told >= prompts * 4 / 5) {
                    most = new Throughput(told, sinceFirstCall(servers));
                }
                if (kill && told > 0 && told >= prompts / 3) {
                    ChildJvm killed = alive.remove(alive.size() - 1);
                    killed.kill();
                    out.printf("%6s  %s is killed (SIGKILL)%n", time(servers), killed.name());
                    kill = false;
                }
                for (ChildJvm worker : alive) {
                    worker.mustBeAlive();
                }
            }
            printThroughput(most, prompts, partitions, alive.size() * PROMPTS_AT_A_TIME);
            return report(servers, outcomes, jobs, workers > 1 ? PROMPTS_AT_A_TIME : 0);
        } finally {
            for (ChildJvm worker : alive) {
                worker.close();
            }
        }
    }

    private static ChildJvm start(Servers servers, int worker) throws IOException {
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-at-a-time", String.valueOf(PROMPTS_AT_A_TIME));
        // The other workers take over earlier than by default.
        properties.put("session-timeout", "6000");
        properties.put("heartbeat-interval", "1000");
        return servers.startWorker("worker-" + worker, properties);
    }

    private int printProgress(int before, int now, int all, Servers servers) {
        if (now * 10 / all > before * 10 / all) {
            out.printf("%6s  %d of %d pictures%n", time(servers), now, all);
        }
        return now;
    }

    private static String time(Servers servers) {
        return sinceFirstCall(servers).toSeconds() + " s";
    }

    private static Duration sinceFirstCall(Servers servers) {
        return Duration.between(servers.emulator().requests().get(0).receivedAt(), Instant.now());
    }

    /** The number of pictures, and the time since the first call. */
    private record Throughput(int pictures, Duration time) {

        double perMinute() {
            return pictures * 60_000.0 / time.toMillis();
        }
    }

    private void printThroughput(Throughput most, int prompts, int first, int last) {
        out.println();
        out.printf(
                Locale.ROOT,
                "throughput    %.0f pictures a minute, of the first %d of %d; possible with %d at a time, %d s each: %d%s%n",
                most.perMinute(),
                most.pictures(),
                prompts,
                first,
                TIME_OF_A_PICTURE.toSeconds(),
                most(first),
                first == last ? "" : ", and " + most(last) + " after the kill");
    }

    private static long most(int atATime) {
        return atATime * 60 / TIME_OF_A_PICTURE.toSeconds();
    }

    private boolean report(Servers servers, Outcomes outcomes, List<Job> jobs, int inFlight) {
        int calls = servers.emulator().requests().size();
        List<String> stored = servers.store().versions();
        Set<String> lost = jobs.stream().map(job -> job.id() + ".jpg").collect(Collectors.toCollection(HashSet::new));
        stored.forEach(lost::remove);
        int doubled = stored.size() - Set.copyOf(stored).size();
        out.printf("lost          %d of %d prompts have no picture%n", lost.size(), jobs.size());
        out.printf("doubled       %d pictures were stored more than once%n", doubled);
        long prompts = servers.emulator().requests().stream()
                .map(ReceivedRequest::prompt)
                .distinct()
                .count();
        out.printf("paid twice    %d: %d calls for %d prompts", calls - prompts, calls, prompts);
        out.println(inFlight == 0 ? "" : "; up to " + inFlight + " were in flight when the worker was killed");
        out.printf(
                "sent twice    %d results%n",
                outcomes.all().size() - outcomes.byId().size());
        return lost.isEmpty() && doubled == 0;
    }
}
