package io.github.camelgemini.examples.imagefactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.examples.imagefactory.Outcomes.Outcome;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** One worker on a real broker and a real S3 server. */
@Timeout(180)
class ImageFactoryTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What a producer sends at most by default. */
    private static final int RECORD_LIMIT = 1024 * 1024;

    private static final Path FOLDER = Path.of("target", "image-factory-test");

    private static Servers servers;
    private static ChildJvm worker;
    private static Outcomes outcomes;

    @BeforeAll
    static void start() throws Exception {
        servers = Servers.start(FOLDER, 4);
        outcomes = new Outcomes(servers);
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("pause", "200");
        properties.put("camel.component.gemini-image.max-retries", "0");
        worker = servers.startWorker("worker", properties);
    }

    @AfterAll
    static void stop() throws Exception {
        outcomes.close();
        worker.close();
        servers.close();
    }

    @AfterEach
    void clear() {
        servers.emulator().clear();
    }

    @Test
    void promptBecomesAPictureAndAResult() throws Exception {
        Outcome outcome = send("poster-1", "{\"prompt\": \"A fern\", \"aspect_ratio\": \"16:9\"}");

        assertThat(outcome.isPicture()).as(outcome.toString()).isTrue();
        JsonNode result = new ObjectMapper().readTree(outcome.value());
        Path picture = FOLDER.resolve("poster-1.jpg");
        servers.store().download("poster-1.jpg", picture);
        var pixels = ImageIO.read(picture.toFile());
        assertThat(result.get("id").asText()).isEqualTo("poster-1");
        assertThat(result.get("location").asText()).isEqualTo("s3://pictures/poster-1.jpg");
        assertThat(result.get("bytes").asLong()).isEqualTo(picture.toFile().length());
        assertThat(result.get("width").asInt()).isEqualTo(pixels.getWidth()).isEqualTo(1376);
        assertThat(result.get("height").asInt()).isEqualTo(pixels.getHeight());
        assertThat(result.get("tokens").asInt()).isPositive();
        assertThat(result.get("cost-usd").decimalValue()).isPositive();
        assertThat(result.get("model").asText()).isEqualTo("gemini-nano-banana-2.1");
    }

    @Test
    void samePromptAgainCostsNothingAndIsToldAgain() throws Exception {
        Outcome first = send("poster-2", "{\"prompt\": \"A fern\"}");

        Prompts.send(servers, List.of(new Job("poster-2", "{ \"prompt\" : \"A fern\" }")));

        await().atMost(LIMIT).until(() -> told("poster-2").size() == 2);
        assertThat(told("poster-2")).containsExactly(first, first);
        assertThat(servers.emulator().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no-json      | {"prompt": "A fern"                        | not a JSON object
                    text         | A fern                                      | not a JSON object
                    list         | [{"prompt": "A fern"}]                      | not a JSON object
                    no-prompt    | {"aspect_ratio": "16:9"}                    | prompt is empty
                    wrong-field  | {"prompt": "A fern", "aspct_ratio": "16:9"} | aspct_ratio
                    wrong-ratio  | {"prompt": "A fern", "aspectRatio": "7:5"}  | 7:5
                    null         | null                                        | no value
                    number       | 3                                           | not a JSON object
                    empty        | ''                                          | not a JSON object
                    secret       | {"prompt": "A fern", "apiKey": "x"}         | apiKey
                    no such name | {"prompt": "A fern"}                        | names the picture
                    """)
    void wrongJobIsADeadLetterWithItsReasonAndCostsNothing(String id, String job, String reason) throws Exception {
        Outcome outcome = send(id, job);

        assertThat(outcome.isPicture()).isFalse();
        assertThat(outcome.value()).isEqualTo(job);
        assertThat(outcome.reason().orElseThrow()).contains(reason);
        assertThat(servers.emulator().requests()).isEmpty();
    }

    @Test
    void sameIdWithAnotherPromptIsADeadLetterAndHasNotThePictureOfTheFirst() throws Exception {
        send("reused", "{\"prompt\": \"A fern\"}");

        Prompts.send(servers, List.of(new Job("reused", "{\"prompt\": \"A moss\"}")));

        await().atMost(LIMIT).until(() -> told("reused").size() == 2);
        assertThat(told("reused").get(1).reason().orElseThrow()).contains("from another request");
        assertThat(servers.emulator().requests()).hasSize(1);
    }

    static Stream<Arguments> recordsThatAreNoJobs() {
        byte[] id = "poison".getBytes(UTF_8);
        byte[] job = "{\"prompt\": \"A fern\"}".getBytes(UTF_8);
        byte[] almostTooLarge = new byte[RECORD_LIMIT - 100];
        Arrays.fill(almostTooLarge, (byte) 'x');
        byte[] longId = new byte[400_000];
        Arrays.fill(longId, (byte) 'i');
        byte[] deep = "{\"a\":".repeat(100_000).getBytes(UTF_8);
        byte[] longName = ("{\"" + "n".repeat(900_000) + "\":1}").getBytes(UTF_8);
        byte[] digits = ("{\"prompt\":" + "9".repeat(900_000) + "}").getBytes(UTF_8);
        return Stream.of(
                arguments("a tombstone", id, null, "no value"),
                arguments("neither key nor value", null, null, "has no key"),
                arguments("no value at all", id, new byte[0], "not a JSON object"),
                arguments("almost as large as a record may be", id, almostTooLarge, "not a JSON object"),
                arguments("an id of 400 kB", longId, job, "400000 bytes"),
                arguments("an id and a value of many bytes", longId, new byte[600_000], "400000 bytes"),
                arguments("an id that is no text", new byte[] {(byte) 0xC3, 0x28}, job, "2 bytes"),
                arguments(
                        "a value that is no text",
                        id,
                        new byte[] {'{', '"', (byte) 0xC3, 0x28, (byte) 0xFF},
                        "not a JSON object"),
                arguments(
                        "UTF-32 that is none",
                        id,
                        new byte[] {0, 0, 0, '{', 0x7F, 0x7F, 0x7F, 0x7F},
                        "not a JSON object"),
                arguments("deep nesting", id, deep, "not a JSON object"),
                arguments("a name of 900 kB", id, longName, ""),
                arguments("a number of 900,000 digits", id, digits, "not a JSON object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordsThatAreNoJobs")
    void whateverARecordIsItEndsAsADeadLetterOfTheSameBytes(String what, byte[] key, byte[] value, String reason)
            throws Exception {
        sendBytes(Servers.PROMPTS, key, value);

        ConsumerRecord<byte[], byte[]> letter = deadLetter(
                Servers.DEAD_LETTERS, one -> Arrays.equals(one.key(), key) && Arrays.equals(one.value(), value));
        assertThat(header(letter, "reason")).contains(reason).hasSizeLessThanOrEqualTo(1000);
        assertThat(header(letter, "record")).matches("prompts-\\d@\\d+");
        assertThat(servers.emulator().requests()).isEmpty();
        String behind = "behind-" + UUID.randomUUID();
        sendBytes(Servers.PROMPTS, behind.getBytes(UTF_8), "{\"prompt\": \"A fern\"}".getBytes(UTF_8));
        await().atMost(LIMIT).until(() -> told(behind).stream().anyMatch(Outcome::isPicture));
    }

    @Test
    void deadLetterThatItsTopicDoesNotTakeIsShortenedAndSaysWhereAllOfItIs() throws Exception {
        servers.broker().createTopics(1, "large-prompts");
        servers.broker().createTopic(1, "small-letters", Map.of("max.message.bytes", "300000"));
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-topic", "large-prompts");
        properties.put("dead-letters-topic", "small-letters");
        properties.put("consumer-group", "large");
        try (ChildJvm small = servers.startWorker("small", properties)) {
            byte[] value = "x".repeat(900_000).getBytes(UTF_8);
            sendBytes("large-prompts", "large".getBytes(UTF_8), value);

            ConsumerRecord<byte[], byte[]> letter = deadLetter("small-letters", any -> true);
            assertThat(small.isAlive()).isTrue();
            assertThat(letter.key()).isEqualTo("large".getBytes(UTF_8));
            assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 100_000));
            assertThat(header(letter, "record")).isEqualTo("large-prompts-0@0");
            assertThat(header(letter, "shortened")).isEqualTo("true");
        }
    }

    @Test
    void deadLetterThatCannotBeSentIsTriedAgainAfterThePause() throws Exception {
        servers.broker().createTopics(1, "other-prompts-2");
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-topic", "other-prompts-2");
        properties.put("dead-letters-topic", "late-letters");
        properties.put("consumer-group", "late");
        properties.put("pause", "1000");
        properties.put("camel.component.kafka.additional-properties[max.block.ms]", "200");
        try (ChildJvm late = servers.startWorker("late", properties)) {
            Instant start = Instant.now();
            sendBytes("other-prompts-2", "late".getBytes(UTF_8), null);
            await().atMost(LIMIT).until(() -> failures(late) >= 4);
            long failures = failures(late);
            long pauses = Duration.between(start, Instant.now()).toMillis() / 1000;
            servers.broker().createTopics(1, "late-letters");

            assertThat(failures).as("as many as there were pauses at most").isLessThanOrEqualTo(pauses);
            assertThat(deadLetter("late-letters", any -> true).key()).isEqualTo("late".getBytes(UTF_8));
        }
    }

    private static long failures(ChildJvm worker) throws IOException {
        return Files.readString(worker.log())
                .lines()
                .filter(line -> line.contains("Error during processing"))
                .count();
    }

    private static void sendBytes(String topic, byte[] key, byte[] value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers.broker().address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
        }
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers.broker().address());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return await().atMost(LIMIT)
                    .until(
                            () -> StreamSupport.stream(
                                            consumer.poll(Duration.ofMillis(200))
                                                    .spliterator(),
                                            false)
                                    .filter(wanted)
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void jobWithoutIdIsADeadLetter() throws Exception {
        Outcome outcome = send(null, "{\"prompt\": \"A fern\"}");

        assertThat(outcome.reason().orElseThrow()).contains("names the picture").contains("no key");
    }

    @Test
    void blockedPromptIsADeadLetterAndThoseBehindItAreDrawn() throws Exception {
        servers.emulator().on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        List<Job> jobs = IntStream.range(0, 12)
                .mapToObj(i -> new Job("mixed-" + i, "{\"prompt\": \"" + (i % 3 == 0 ? "forbidden" : "fern") + "\"}"))
                .toList();

        Prompts.send(servers, jobs);

        await().atMost(LIMIT)
                .until(() -> jobs.stream().allMatch(job -> told(job.id()).size() == 1));
        for (int i = 0; i < jobs.size(); i++) {
            Outcome outcome = told("mixed-" + i).get(0);
            assertThat(outcome.error())
                    .isEqualTo(i % 3 == 0 ? Optional.of("PromptBlockedException") : Optional.empty());
        }
    }

    @Test
    void failureOfOnePromptIsADeadLetter() throws Exception {
        servers.emulator().on(RequestMatcher.prompt("unlucky")).answer(Fault.internal());

        Outcome outcome = send("unlucky", "{\"prompt\": \"unlucky\"}");

        assertThat(outcome.error()).contains("ServiceUnavailableException");
    }

    @Test
    void promptsWaitForAnOverloadedApiAndForAnExhaustedQuota() throws Exception {
        servers.emulator().next(Fault.overloaded()).times(3);
        servers.emulator().next(Fault.dailyQuota()).times(2);
        servers.emulator().next(Fault.invalidKey());
        List<Job> jobs = IntStream.range(0, 4)
                .mapToObj(i -> new Job("patient-" + i, "{\"prompt\": \"fern\"}"))
                .toList();

        Prompts.send(servers, jobs);

        await().atMost(LIMIT)
                .until(() -> jobs.stream().allMatch(job -> told(job.id()).size() == 1));
        assertThat(jobs)
                .allSatisfy(job -> assertThat(told(job.id()).get(0).isPicture()).isTrue());
        assertThat(servers.emulator().requests()).hasSize(10);
    }

    @Test
    void pictureThatAnotherWorkerStoredMeanwhileCounts() throws Exception {
        servers.emulator().next(Fault.stallBeforeHeaders());
        Prompts.send(servers, List.of(new Job("raced", "{\"prompt\": \"A fern\", \"retry_count\": 1}")));
        await().atMost(LIMIT).until(() -> servers.emulator().requests().size() == 1);

        servers.store()
                .client()
                .putObject(
                        put -> put.bucket(ObjectStore.BUCKET).key("raced.jpg").metadata(Map.of("width", "7")),
                        RequestBody.fromString("theirs"));
        // The call in flight breaks off, and is tried again without another look at the bucket.
        servers.emulator().clearFaults();

        await().atMost(LIMIT).until(() -> told("raced").size() == 1);
        assertThat(servers.emulator().requests()).hasSize(2);
        assertThat(told("raced").get(0).value()).contains("\"bytes\":6", "\"width\":7");
        assertThat(servers.store().versions()).containsOnlyOnce("raced.jpg");
    }

    @Test
    void pictureThatCannotBeStoredIsADeadLetterAndIsPaidForOnce() throws Exception {
        servers.broker().createTopics(1, "refused-prompts");
        HttpServer readOnly = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        readOnly.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean bucket = exchange.getRequestURI().getPath().equals("/" + ObjectStore.BUCKET);
            boolean look = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(bucket ? 200 : look ? 404 : 403, -1);
            exchange.close();
        });
        readOnly.start();
        Map<String, String> properties = new HashMap<>(servers.emulatorProperties());
        properties.put("prompts-topic", "refused-prompts");
        properties.put("consumer-group", "refused");
        properties.put("store-retries", "1");
        properties.put(
                "camel.component.aws2-s3.uri-endpoint-override",
                "http://localhost:" + readOnly.getAddress().getPort());
        try (ChildJvm refused = servers.startWorker("refused", properties)) {
            Prompts.send(servers, "refused-prompts", List.of(new Job("refused-1", "{\"prompt\": \"A fern\"}")));
            Prompts.send(servers, "refused-prompts", List.of(new Job("refused-2", "{\"prompt\": \"A moss\"}")));

            await().atMost(LIMIT).until(() -> !told("refused-2").isEmpty());
            assertThat(told("refused-1")).hasSize(1);
            assertThat(told("refused-1").get(0).error()).contains("S3Exception");
            assertThat(servers.emulator().requests()).hasSize(2);
        } finally {
            readOnly.stop(0);
        }
    }

    @Test
    void workerWithoutItsBucketDoesNotStart() throws Exception {
        try (ChildJvm lost = servers.startWorker("lost", Map.of("bucket", "no-such-bucket"))) {
            assertThat(lost.awaitLine(line -> line.startsWith("The worker cannot start: ")))
                    .contains("There is no bucket 'no-such-bucket'");
            lost.awaitEnd();
        }
    }

    @Test
    void environmentNamesBrokerBucketAndTopicsOfAWorkerOfItsOwn() throws Exception {
        servers.broker().createTopics(1, "other-prompts");
        servers.store().client().createBucket(bucket -> bucket.bucket("other-pictures"));
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dcamel.component.aws2-s3.uri-endpoint-override="
                                + servers.store().address(),
                        "-Dcamel.component.aws2-s3.override-endpoint=true",
                        "-Dcamel.component.aws2-s3.force-path-style=true",
                        "-Dcamel.component.gemini-image.base-url="
                                + servers.emulator().baseUrl(),
                        KafkaImageFactory.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("own-worker.log").toFile());
        command.environment()
                .putAll(Map.of(
                        "KAFKA_BROKERS", servers.broker().address(),
                        "BUCKET", "other-pictures",
                        "PROMPTS_TOPIC", "other-prompts",
                        "CONSUMER_GROUP", "others",
                        "WORKER", "own",
                        "PROMPTS_AT_A_TIME", "1",
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "any",
                        "AWS_SECRET_ACCESS_KEY", "any",
                        "GEMINI_API_KEY", "key-of-the-environment"));
        Process own = command.start();
        try {
            Prompts.send(servers, "other-prompts", List.of(new Job("own-1", "{\"prompt\": \"A fern\"}")));

            await().atMost(LIMIT).until(() -> told("own-1").size() == 1);
            assertThat(told("own-1").get(0).value()).contains("s3://other-pictures/own-1.jpg");
            assertThat(servers.emulator().requests().get(0).headers().toString())
                    .contains("key-of-the-environment");
        } finally {
            own.destroyForcibly().waitFor();
        }
    }

    @Test
    void readmeShowsTheRouteThatRuns() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Path routes = Path.of("src/main/java/io/github/camelgemini/examples/imagefactory/PictureRoutes.java");

        assertThat(readme)
                .contains(tagged(routes, "failures"))
                .contains(tagged(routes, "route"))
                .contains(tagged(routes, "request-id"))
                .contains(tagged(routes, "dead-letter"))
                .contains(tagged(routes, "consumers"));
    }

    private static String tagged(Path source, String tag) throws IOException {
        String text = Files.readString(source);
        int begin = text.indexOf('\n', text.indexOf("tag::" + tag)) + 1;
        return text.substring(begin, text.lastIndexOf('\n', text.indexOf("end::" + tag)))
                .stripIndent();
    }

    @Test
    void senderChoosesNeitherNumberNorFormat() throws Exception {
        Outcome outcome = send(
                "greedy",
                "{\"prompt\": \"A fern\", \"num_images\": 4, \"output_format\": \"png\", \"output\": \"json\"}");

        assertThat(outcome.isPicture()).as(outcome.toString()).isTrue();
        assertThat(servers.emulator().requests()).hasSize(1);
        assertThat(servers.store().keys()).contains("greedy.jpg");
    }

    /** Sends a job and waits for what becomes of it. */
    private static Outcome send(String id, String json) throws Exception {
        Prompts.send(servers, List.of(new Job(id, json)));
        await().atMost(LIMIT).until(() -> !told(id).isEmpty());
        return told(id).get(0);
    }

    private static List<Outcome> told(String id) {
        assertThat(worker.isAlive())
                .as("the worker, see " + FOLDER + "/worker.log")
                .isTrue();
        outcomes.poll(fresh -> {});
        return outcomes.all().stream()
                .filter(outcome -> Objects.equals(outcome.id(), id))
                .toList();
    }
}
