package io.github.camelgemini.examples.imagefactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DeadLetterTopicTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    @Test
    void aRecordThatFailsIsADeadLetterAndIsNotReadAgain() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        try (Broker broker = Broker.start(folder.resolve("broker"))) {
            broker.createTopics(1, "jobs", "jobs-failed");
            Map<String, Object> servers = Map.of("bootstrap.servers", broker.address());
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("jobs", "bad", "forbidden")).get();
                producer.send(new ProducerRecord<>("jobs", "good", "A fern")).get();
            }

            run(broker, () -> pictures() == 1);
            // After a restart there is nothing left to do.
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("jobs", "next", "A moss")).get();
            }
            run(broker, () -> pictures() == 2);

            assertThat(EMULATOR.requests())
                    .extracting(ReceivedRequest::prompt)
                    .containsExactly("forbidden", "A fern", "A moss");
            assertThat(deadLetters(broker)).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo("bad");
                assertThat(letter.value()).isEqualTo("forbidden");
            });
        }
    }

    private int pictures() {
        String[] names = folder.resolve("pictures").toFile().list((folder, name) -> name.endsWith(".jpg"));
        return names == null ? 0 : names.length;
    }

    private void run(Broker broker, Callable<Boolean> done) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new DeadLetterTopic());
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.component.kafka.brokers", broker.address());
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "any-key");
        main.addInitialProperty("pictures", folder.resolve("pictures").toString());
        main.start();
        try {
            await().atMost(LIMIT).until(done);
        } finally {
            main.stop();
        }
    }

    private static List<ConsumerRecord<String, String>> deadLetters(Broker broker) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.address(), "group.id", "reader", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("jobs-failed"));
            List<ConsumerRecord<String, String>> letters = new ArrayList<>();
            await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return !letters.isEmpty();
            });
            return letters;
        }
    }
}
