package io.github.camelgemini.examples.imagefactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.examples.imagefactory.Outcomes.Outcome;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that are killed again and again lose nothing, draw nothing twice but what was in flight, and store nothing twice. */
@Timeout(600)
class CrashTest {

    private static final Path FOLDER = Path.of("target", "crash-test");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PROMPTS = 300;
    private static final int KILLS = 20;
    private static final int WORKERS = 2;
    /** Of each worker. */
    private static final int IN_FLIGHT = 3;
    /** So that all kills come before the last prompt is drawn. */
    private static final int MOST_PROGRESS_BETWEEN_KILLS = PROMPTS / KILLS - 1;

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ChildJvm[] workers = new ChildJvm[WORKERS];

    @Test
    void everyPromptHasItsPictureAfterTwentyKills() throws Exception {
        System.out.println("Replay with -Dcrash.seed=" + seed);
        try (Servers servers = Servers.start(FOLDER, 2 * WORKERS * IN_FLIGHT);
                Outcomes outcomes = new Outcomes(servers)) {
            servers.emulator()
                    .on(RequestMatcher.any())
                    .answer(Fault.pixels(64, 64), Fault.delay(Duration.ofMillis(100)));
            Prompts.send(servers, jobs());
            for (int worker = 0; worker < WORKERS; worker++) {
                workers[worker] = start(servers, worker);
            }

            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(servers, outcomes);
                int killed = random.nextInt(WORKERS);
                workers[killed].kill();
                workers[killed] = start(servers, killed);
            }
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> poll(outcomes) == PROMPTS);
            await().atMost(LIMIT).until(() -> committed(servers).equals(ends(servers)));

            assertThat(outcomes.byId()).as("seed %d", seed).allMatch(Outcome::isPicture);
            assertThat(Set.copyOf(servers.store().keys())).as("seed %d", seed).isEqualTo(pictures());
            assertThat(servers.store().versions()).as("seed %d", seed).doesNotHaveDuplicates();
            int calls = servers.emulator().requests().size();
            System.out.printf(
                    "%d prompts, %d kills: %d calls, %d results%n",
                    PROMPTS, KILLS, calls, outcomes.all().size());
            assertThat(calls).as("seed %d", seed).isBetween(PROMPTS, PROMPTS + KILLS * IN_FLIGHT);
        } finally {
            for (ChildJvm worker : workers) {
                if (worker != null) {
                    worker.close();
                }
            }
        }
    }

    /** Until the API was called, or a result was told, so and so often again: both are moments to be killed at. */
    private void awaitProgress(Servers servers, Outcomes outcomes) {
        IntSupplier progress = random.nextBoolean()
                ? () -> servers.emulator().requests().size()
                : () -> outcomes.all().size();
        poll(outcomes);
        int wanted = progress.getAsInt() + 1 + random.nextInt(MOST_PROGRESS_BETWEEN_KILLS);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    poll(outcomes);
                    return progress.getAsInt() >= wanted || outcomes.byId().size() == PROMPTS;
                });
        assertThat(outcomes.byId())
                .as("told before all were killed, seed %d", seed)
                .hasSizeLessThan(PROMPTS);
    }

    private int poll(Outcomes outcomes) {
        for (ChildJvm worker : workers) {
            assertThat(worker.isAlive())
                    .as("%s, see its log in %s", worker.name(), FOLDER)
                    .isTrue();
        }
        outcomes.poll(fresh -> {});
        return outcomes.byId().size();
    }

    private static ChildJvm start(Servers servers, int worker) throws Exception {
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-at-a-time", String.valueOf(IN_FLIGHT));
        properties.put("pause", "1000");
        properties.put("session-timeout", "6000");
        properties.put("heartbeat-interval", "1000");
        return servers.startWorker("worker-" + worker, properties);
    }

    private static List<Job> jobs() {
        return IntStream.range(0, PROMPTS)
                .mapToObj(i -> new Job("p" + i, "{\"prompt\": \"Picture " + i + "\"}"))
                .toList();
    }

    private static Set<String> pictures() {
        return jobs().stream().map(job -> job.id() + ".jpg").collect(Collectors.toSet());
    }

    private static Map<TopicPartition, Long> committed(Servers servers) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.broker().address()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("image-factory")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue()
                    .offset()));
        }
    }

    private static Map<TopicPartition, Long> ends(Servers servers) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.broker().address()))) {
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, 2 * WORKERS * IN_FLIGHT)
                    .mapToObj(partition -> new TopicPartition(Servers.PROMPTS, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            return ends.entrySet().stream()
                    .filter(end -> end.getValue().offset() > 0)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> e.getValue().offset()));
        }
    }
}
