package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.batch.FileBatchRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The processes of a batch are killed repeatedly at random moments: while they start, submit, wait and receive results.
 * No result is lost, none is delivered again after it was noted as delivered, and the service has processed one batch.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledBatchTest {

    private static final int REQUESTS = 300;
    private static final int KILLS = 20;
    private static final int FEW_KILLS = 6;
    private static final int AT_A_TIME = 2;
    private static final List<String> KEYS =
            IntStream.rangeClosed(1, REQUESTS).mapToObj(String::valueOf).toList();

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path folder;

    private final List<OtherJvm> workers = new ArrayList<>();
    private Random random;

    @BeforeEach
    void seed() {
        long seed = Long.getLong("kills.seed", System.nanoTime());
        System.out.println("Kills at the moments of -Dkills.seed=" + seed);
        random = new Random(seed);
    }

    @AfterEach
    void endWorkers() throws Exception {
        for (OtherJvm worker : workers) {
            worker.close();
        }
    }

    @Test
    void oneProcessWithItsMemoryInAFolder() throws Exception {
        start(1, inFolder(otherService()));
    }

    /** Killed while they take results: the one that is left goes on with the batch. */
    @Test
    void twoProcessesWithTheirMemoryInOneFolder() throws Exception {
        Setting setting = inFolder(otherService());
        workers.add(worker(setting));
        workers.add(worker(setting));
        await().atMost(Duration.ofMinutes(2)).until(() -> !setting.delivered().isEmpty());
        killAgainAndAgain(setting, FEW_KILLS);
        assertAllDeliveredOnce(setting, FEW_KILLS);
    }

    @Test
    void twoProcessesWithTheirMemoryInADatabase() throws Exception {
        start(2, inDatabase(otherService()));
    }

    @Test
    void oneProcessAtGoogle() throws Exception {
        try (GeminiEmulator google =
                GeminiEmulator.builder().apiKey(EmulatedRoutes.KEY).start()) {
            start(1, inFolder(new Service(google.baseUrl(), 1, google::batches)));
        }
    }

    private void start(int processes, Setting setting) throws Exception {
        for (int process = 1; process <= processes; process++) {
            workers.add(worker(setting));
        }
        killAgainAndAgain(setting, KILLS);
        assertAllDeliveredOnce(setting, KILLS);
    }

    /**
     * Who draws.
     *
     * @param place as a worker is told it
     * @param jobs that the batch becomes
     * @param made how many there are, each of which is paid
     */
    private record Service(String place, int jobs, IntSupplier made) {}

    private Service otherService() throws IOException {
        Path place = folder.resolve("service");
        JobsInFolder jobs = new JobsInFolder(place, BatchWorker.JOB);
        return new Service(place.toString(), (REQUESTS + BatchWorker.JOB - 1) / BatchWorker.JOB, () -> jobs.jobs()
                .size());
    }

    /**
     * Where batches are remembered.
     *
     * @param place as a worker is told it
     * @param pause milliseconds that the route takes for each result
     * @param keys of what is noted as delivered
     */
    private record Setting(Service service, String place, int pause, Supplier<List<String>> keys) {

        List<String> delivered() {
            return keys.get();
        }
    }

    private Setting inFolder(Service service) throws IOException {
        Path batches = folder.resolve("batches");
        IdempotentRepository delivered =
                new FileBatchRepository(batches).delivered().orElseThrow();
        return new Setting(service, batches.toString(), 20, () -> KEYS.stream()
                .filter(key -> delivered.contains(BatchWorker.BATCH + "/" + key))
                .toList());
    }

    private static Setting inDatabase(Service service) throws Exception {
        String url = POSTGRES.newDatabase();
        JdbcTemplate database = new JdbcTemplate(PostgresServer.dataSource(url));
        PostgresServer.createTables(url);
        new JdbcMessageIdRepository(PostgresServer.dataSource(url), "makes the table").start();
        return new Setting(
                service,
                url,
                200,
                () -> database.queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class).stream()
                        .map(id -> id.substring(id.indexOf('/') + 1))
                        .toList());
    }

    private void killAgainAndAgain(Setting setting, int kills) throws Exception {
        int whileSubmitting = 0;
        for (int kill = 1; kill <= kills; kill++) {
            int made = setting.service().made().getAsInt();
            if (random.nextInt(4) == 0) {
                pause(random.nextInt(2_500));
            } else if (made < setting.service().jobs()) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> setting.service().made().getAsInt() > made);
                pause(random.nextInt(150));
            } else {
                int until = Math.min(REQUESTS, setting.delivered().size() + 1 + random.nextInt(12));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> setting.delivered().size() >= until);
                pause(random.nextInt(40));
            }
            killOne(setting);
            whileSubmitting += made < setting.service().jobs() ? 1 : 0;
        }
        System.out.println(whileSubmitting + " kills while it was submitted");
    }

    private OtherJvm worker(Setting setting) throws IOException {
        List<String> flags = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
        OtherJvm worker = OtherJvm.start(
                flags,
                BatchWorker.class,
                setting.service().place(),
                setting.place(),
                ledgerFile(),
                REQUESTS,
                setting.pause());
        worker.forgetOutput();
        return worker;
    }

    /** The moment is the point: nothing is waited for. */
    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    private void killOne(Setting setting) throws Exception {
        OtherJvm worker = workers.remove(random.nextInt(workers.size()));
        assertThat(worker.isAlive()).as("ended by itself").isTrue();
        worker.close();
        workers.add(worker(setting));
    }

    private void assertAllDeliveredOnce(Setting setting, int kills) throws Exception {
        int before = setting.delivered().size();
        await().atMost(Duration.ofMinutes(5)).until(() -> setting.delivered().size() >= REQUESTS);
        for (OtherJvm worker : workers) {
            worker.kill();
        }
        List<String> ledger = Files.readAllLines(ledgerFile());
        List<String> arrived = keys(ledger, "arrived ");
        System.out.printf(
                "%d of %d were delivered when the last was killed; %d came again, since the first was not done%n",
                before, REQUESTS, arrived.size() - REQUESTS);

        assertThat(setting.delivered()).containsExactlyInAnyOrderElementsOf(KEYS);
        assertThat(arrived).containsAll(KEYS);
        assertThat(keys(ledger, "noted ")).as("each once").doesNotHaveDuplicates();
        assertThat(keys(ledger, "twice ")).as("delivered by two").isEmpty();
        assertThat(keys(ledger, "late ")).as("brought though delivered").isEmpty();
        assertThat(keys(ledger, "empty ")).as("without a picture").isEmpty();
        assertThat(arrived).as("again after a kill").hasSizeBetween(REQUESTS, REQUESTS + kills * AT_A_TIME);
        assertThat(setting.service().made().getAsInt())
                .as("paid")
                .isEqualTo(setting.service().jobs());
    }

    private Path ledgerFile() {
        return folder.resolve("ledger.txt");
    }

    private static List<String> keys(List<String> ledger, String what) {
        return ledger.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()))
                .toList();
    }
}
