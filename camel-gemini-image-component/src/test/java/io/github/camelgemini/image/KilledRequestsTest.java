package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes with the same folder of results send each prompt three times, and are killed repeatedly. A kill costs
 * no more than the calls in flight, and all messages with the same id get the same picture.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledRequestsTest {

    private static final int PROMPTS = 300;
    private static final int KILLS = 20;
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");

    @TempDir
    Path folder;

    @Test
    void aKillCostsNoMoreThanWhatWasInFlight() throws Exception {
        long seed = Long.getLong("kills.seed", System.nanoTime());
        System.out.println("Kills at the moments of -Dkills.seed=" + seed);
        Random random = new Random(seed);
        Path ledger = folder.resolve("ledger");
        List<OtherJvm> workers = new ArrayList<>();
        try (GeminiEmulator emulator =
                GeminiEmulator.builder().apiKey(EmulatedRoutes.KEY).start()) {
            emulator.on(RequestMatcher.any()).answer(Fault.takes(Duration.ofMillis(100)));
            workers.add(worker(emulator, ledger));
            workers.add(worker(emulator, ledger));
            for (int kill = 1; kill <= KILLS; kill++) {
                int made = emulator.requests().size();
                int more = Math.min(PROMPTS - 1, made + random.nextInt(2 * PROMPTS / KILLS));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> emulator.requests().size() >= more);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
                OtherJvm killed = workers.remove(random.nextInt(2));
                killed.close();
                workers.add(worker(emulator, ledger));
            }
            for (OtherJvm worker : workers) {
                worker.lineWith("done");
            }

            System.out.println(emulator.requests().size() + " calls for " + PROMPTS + " prompts");
            assertThat(emulator.requests()).hasSizeLessThanOrEqualTo(PROMPTS + KILLS * RequestWorker.IN_FLIGHT);
            Map<String, Set<String>> pictures = new TreeMap<>();
            for (String line : Files.readAllLines(ledger)) {
                String[] fields = line.split(" ", 2);
                pictures.computeIfAbsent(fields[0], id -> new HashSet<>()).add(fields[1]);
            }
            assertThat(pictures).hasSize(PROMPTS);
            assertThat(pictures.values()).allSatisfy(same -> assertThat(same).hasSize(1));
        } finally {
            for (OtherJvm worker : workers) {
                worker.close();
            }
        }
    }

    private OtherJvm worker(GeminiEmulator emulator, Path ledger) throws Exception {
        OtherJvm worker = OtherJvm.start(
                FLAGS, RequestWorker.class, emulator.baseUrl(), folder.resolve("results"), ledger, PROMPTS);
        worker.lineWith("started");
        return worker;
    }
}
