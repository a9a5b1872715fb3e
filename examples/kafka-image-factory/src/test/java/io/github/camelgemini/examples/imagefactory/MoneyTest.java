package io.github.camelgemini.examples.imagefactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.examples.imagefactory.Outcomes.Outcome;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.repository.ResultRepository;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known by its request id is not paid for again, and what the budget has no room for waits in Kafka. */
@Timeout(180)
class MoneyTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path FOLDER = Path.of("target", "money-test");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Servers servers;
    private static Outcomes outcomes;

    @BeforeAll
    static void start() throws Exception {
        servers = Servers.start(FOLDER, 1);
        outcomes = new Outcomes(servers);
    }

    @AfterAll
    static void stop() throws Exception {
        outcomes.close();
        servers.close();
    }

    @BeforeEach
    void clear() {
        servers.emulator().clear();
    }

    /** A worker of a topic that nobody else reads. */
    private static ChildJvm startWorker(String topic, Map<String, String> more) throws Exception {
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-topic", topic);
        properties.put("consumer-group", topic);
        properties.put("prompts-at-a-time", "1");
        properties.put("pause", "200");
        properties.putAll(more);
        return servers.startWorker("worker-of-" + topic, properties);
    }

    @Test
    void answerIsKeptInS3AndAnotherRequestOfItsIdIsADeadLetter() throws Exception {
        servers.broker().createTopics(1, "known");
        Job fern = new Job("known-1", "{\"prompt\": \"A fern\", \"aspect_ratio\": \"1:1\"}");
        Job reordered = new Job("known-1", "{ \"aspect_ratio\": \"1:1\", \"prompt\": \"A fern\" }");
        Job moss = new Job("known-1", "{\"prompt\": \"A moss\", \"aspect_ratio\": \"1:1\"}");
        try (ChildJvm worker = startWorker("known", Map.of("known-by", "request-id"))) {
            Prompts.send(servers, "known", List.of(fern));
            awaitTold(worker, "known-1", 1);
            // As if it had been lost: what is kept is the answer, not the object of this name.
            servers.store().client().deleteObject(delete -> delete.bucket(ObjectStore.BUCKET)
                    .key("known-1.jpg"));

            Prompts.send(servers, "known", List.of(fern, reordered, moss));

            awaitTold(worker, "known-1", 4);
        }
        List<Outcome> told = told("known-1");
        List<Outcome> pictures = told.stream().filter(Outcome::isPicture).toList();
        assertThat(servers.emulator().requests()).hasSize(1);
        assertThat(pictures).hasSize(3);
        assertThat(cost(pictures.get(0))).isPositive();
        assertThat(pictures.subList(1, 3))
                .allSatisfy(again -> assertThat(cost(again)).isZero());
        assertThat(pictures).extracting(MoneyTest::withoutCost).containsOnly(withoutCost(pictures.get(0)));
        assertThat(servers.store().keys()).contains("known-1.jpg");
        Outcome dead =
                told.stream().filter(each -> !each.isPicture()).findFirst().orElseThrow();
        assertThat(dead.error()).contains("InvalidRequestException");
        assertThat(dead.reason().orElseThrow()).contains("requestId known-1 was used by a different request");
    }

    @Test
    void recordsThatTheBudgetHasNoRoomForWaitInKafka() throws Exception {
        servers.broker().createTopics(1, "priced", "budgeted");
        BigDecimal price;
        try (ChildJvm worker = startWorker("priced", Map.of())) {
            Prompts.send(servers, "priced", List.of(new Job("priced-1", "{\"prompt\": \"A fern\"}")));
            awaitTold(worker, "priced-1", 1);
            price = cost(told("priced-1").get(0));
        }
        servers.emulator().clear();
        List<Job> jobs = IntStream.range(0, 6)
                .mapToObj(i -> new Job("budgeted-" + i, "{\"prompt\": \"A fern\"}"))
                .toList();
        Prompts.send(servers, "budgeted", jobs);

        try (ChildJvm worker = startWorker("budgeted", budget(price, "3.5"))) {
            // The record is read again, and refused again.
            await().atMost(LIMIT).until(() -> refusals(worker) >= 3);

            assertThat(drawn(jobs)).isEqualTo(3);
            assertThat(servers.emulator().requests()).hasSize(3);
        }
        // The folder knows what the first one has spent.
        try (ChildJvm worker = startWorker("budgeted", budget(price, "6.5"))) {
            awaitTold(worker, "budgeted-5", 1);
        }

        assertThat(drawn(jobs)).isEqualTo(6);
        assertThat(servers.emulator().requests()).hasSize(6);
        assertThat(outcomes.all())
                .filteredOn(each -> each.id().startsWith("budgeted"))
                .allMatch(Outcome::isPicture);
    }

    @Test
    void modelOfAJobIsNotRead() throws Exception {
        servers.broker().createTopics(1, "modelled");
        Prompts.send(
                servers,
                "modelled",
                List.of(new Job("modelled-1", "{\"prompt\": \"A fern\", \"model\": \"gemini-of-tomorrow\"}")));

        try (ChildJvm worker = startWorker("modelled", Map.of("budget", "1"))) {
            awaitTold(worker, "modelled-1", 1);
        }

        assertThat(told("modelled-1").get(0).isPicture()).isTrue();
        assertThat(servers.emulator().requests()).singleElement().matches(request -> request.path()
                .contains("gemini-nano-banana-2.1"));
    }

    @Test
    void resultsInS3AreWholeAreReplacedAndAreHeldOnce() throws Exception {
        ResultRepository results = new S3ResultRepository(servers.store().client(), ObjectStore.BUCKET);
        String id = "ü/".repeat(500);

        assertThat(results.load(id)).isEmpty();
        results.save(id, PayloadSource.of("first".getBytes(UTF_8)));
        results.save(id, PayloadSource.of("second".getBytes(UTF_8)));
        assertThat(read(results, id)).isEqualTo("second");

        try (Closeable hold = results.hold(id).orElseThrow()) {
            assertThat(hold).isNotNull();
            assertThat(results.hold(id)).isEmpty();
            assertThat(results.hold("other")).isPresent();
        }
        assertThat(results.hold(id)).isPresent();

        ResultRepository lost = new S3ResultRepository(servers.store().client(), "no-such-bucket");
        assertThatThrownBy(() -> lost.load(id)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> lost.save(id, PayloadSource.of(new byte[1]))).isInstanceOf(IOException.class);
    }

    private static String read(ResultRepository results, String id) throws IOException {
        try (InputStream in = results.load(id).orElseThrow()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Map<String, String> budget(BigDecimal price, String pictures) {
        return Map.of(
                "budget",
                price.multiply(new BigDecimal(pictures)).toPlainString(),
                "budget-folder",
                FOLDER.resolve("budget").toString());
    }

    private static long refusals(ChildJvm worker) throws IOException {
        return Files.readString(worker.log())
                .lines()
                .filter(line -> line.contains("exceeds the rest of the budget"))
                .count();
    }

    private static long drawn(List<Job> jobs) {
        return jobs.stream()
                .filter(job -> told(job.id()).stream().anyMatch(Outcome::isPicture))
                .count();
    }

    private static BigDecimal cost(Outcome outcome) {
        return json(outcome).get("cost-usd").decimalValue();
    }

    private static JsonNode withoutCost(Outcome outcome) {
        return ((ObjectNode) json(outcome)).without("cost-usd");
    }

    private static JsonNode json(Outcome outcome) {
        try {
            return JSON.readTree(outcome.value());
        } catch (IOException e) {
            throw new IllegalStateException("A result is no JSON: " + outcome, e);
        }
    }

    private static void awaitTold(ChildJvm worker, String id, int times) {
        await().atMost(LIMIT).until(() -> {
            worker.mustBeAlive();
            return told(id).size() >= times;
        });
    }

    private static List<Outcome> told(String id) {
        outcomes.poll(fresh -> {});
        return outcomes.all().stream().filter(each -> id.equals(each.id())).toList();
    }
}
