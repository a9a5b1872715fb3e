package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.batch.FileBatchRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * A batch whose processes are killed again and again, at random moments: while they start, submit, wait and take results. No
 * result is lost, none comes again after it was noted as delivered, and the service drew one batch.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledBatchTest {

    private static final int REQUESTS = 300;
    private static final int JOBS = (REQUESTS + BatchWorker.JOB - 1) / BatchWorker.JOB;
    private static final int KILLS = 20;
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
        Path batches = folder.resolve("batches");
        IdempotentRepository delivered =
                new FileBatchRepository(batches).delivered().orElseThrow();
        Memory memory = new Memory(batches.toString(), 20, () -> KEYS.stream()
                .filter(key -> delivered.contains(BatchWorker.BATCH + "/" + key))
                .toList());
        workers.add(start(memory));
        killAgainAndAgain(memory);
        assertAllDeliveredOnce(memory);
    }

    @Test
    void twoProcessesWithTheirMemoryInADatabase() throws Exception {
        String url = POSTGRES.newDatabase();
        JdbcTemplate database = new JdbcTemplate(PostgresServer.dataSource(url));
        for (String table : List.of("batches", "batches_completed")) {
            database.execute("CREATE TABLE " + table
                    + " (id VARCHAR(255) NOT NULL PRIMARY KEY, exchange BYTEA NOT NULL, version BIGINT NOT NULL)");
        }
        new JdbcMessageIdRepository(PostgresServer.dataSource(url), "makes the table").start();
        Memory memory = new Memory(
                url,
                150,
                () -> database.queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class).stream()
                        .map(id -> id.substring(id.indexOf('/') + 1))
                        .toList());
        workers.add(start(memory));
        workers.add(start(memory));
        killAgainAndAgain(memory);
        assertAllDeliveredOnce(memory);
    }

    private void killAgainAndAgain(Memory memory) throws Exception {
        int whileSubmitting = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int made = jobs().size();
            if (random.nextInt(4) == 0) {
                pause(random.nextInt(2_500));
            } else if (made < JOBS) {
                await().atMost(Duration.ofMinutes(2)).until(() -> jobs().size() > made);
                pause(random.nextInt(150));
            } else {
                int until = Math.min(REQUESTS, memory.delivered().size() + 1 + random.nextInt(12));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> memory.delivered().size() >= until);
                pause(random.nextInt(40));
            }
            killOne(memory);
            whileSubmitting += jobs().size() < JOBS ? 1 : 0;
        }
        System.out.println(whileSubmitting + " kills while it was submitted");
    }

    /**
     * Where batches are remembered.
     *
     * @param place as a worker is told it
     * @param pause milliseconds that the route takes for each result
     * @param keys of what is noted as delivered
     */
    private record Memory(String place, int pause, Supplier<List<String>> keys) {

        List<String> delivered() {
            return keys.get();
        }
    }

    private OtherJvm start(Memory memory) throws IOException {
        List<String> flags = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
        OtherJvm worker = OtherJvm.start(
                flags, BatchWorker.class, service(), memory.place(), ledgerFile(), REQUESTS, memory.pause());
        worker.forgetOutput();
        return worker;
    }

    /** The moment is the point: nothing is waited for. */
    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    private void killOne(Memory memory) throws Exception {
        OtherJvm worker = workers.remove(random.nextInt(workers.size()));
        assertThat(worker.isAlive()).as("ended by itself").isTrue();
        worker.close();
        workers.add(start(memory));
    }

    private void assertAllDeliveredOnce(Memory memory) throws Exception {
        int before = memory.delivered().size();
        await().atMost(Duration.ofMinutes(5)).until(() -> memory.delivered().size() >= REQUESTS);
        for (OtherJvm worker : workers) {
            worker.kill();
        }
        List<String> ledger = Files.readAllLines(ledgerFile());
        List<String> arrived = keys(ledger, "arrived ");
        System.out.printf(
                "%d of %d were delivered when the last was killed; %d came again, since the first was not done%n",
                before, REQUESTS, arrived.size() - REQUESTS);

        assertThat(memory.delivered()).containsExactlyInAnyOrderElementsOf(KEYS);
        assertThat(arrived).containsAll(KEYS);
        assertThat(keys(ledger, "noted ")).as("each once").doesNotHaveDuplicates();
        assertThat(keys(ledger, "twice ")).as("delivered by two").isEmpty();
        assertThat(keys(ledger, "late ")).as("brought though delivered").isEmpty();
        assertThat(keys(ledger, "empty ")).as("without a picture").isEmpty();
        assertThat(arrived).as("again after a kill").hasSizeBetween(REQUESTS, REQUESTS + KILLS * AT_A_TIME);
        assertThat(jobs())
                .as("jobs that are paid")
                .hasSize(JOBS)
                .extracting(Job::name)
                .doesNotHaveDuplicates();
    }

    private List<Job> jobs() throws IOException {
        return new JobsInFolder(service(), BatchWorker.JOB).jobs();
    }

    private Path service() {
        return folder.resolve("service");
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
