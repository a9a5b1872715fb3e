package io.github.camelgemini.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;

/** A Kafka broker, with the limits that it comes with. */
final class KafkaReceiver implements Receiver {

    private static final TopicPartition TOPIC = new TopicPartition("pictures", 0);

    private final Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kafka");
    private final String address = "localhost:" + WebReceiver.freePort();
    private final KafkaRaftServer broker;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long next;

    KafkaReceiver() throws Exception {
        String controller = "localhost:" + WebReceiver.freePort();
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller,
                "advertised.listeners", "PLAINTEXT://" + address,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "log.dirs", data.resolve("data").toString(),
                "offsets.topic.replication.factor", "1"));
        Path file = data.resolve("server.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        StorageTool.execute(
                new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()},
                new PrintStream(Files.newOutputStream(data.resolve("format.txt")), true, UTF_8));
        broker = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        broker.startup();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TOPIC));
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("camel.component.kafka.brokers", address);
    }

    @Override
    public Optional<Received> take() throws IOException {
        if (consumer.endOffsets(List.of(TOPIC)).get(TOPIC) == next) {
            return Optional.empty();
        }
        consumer.seek(TOPIC, next);
        ConsumerRecord<byte[], byte[]> record =
                consumer.poll(Duration.ofMinutes(1)).iterator().next();
        next = record.offset() + 1;
        Header type = record.headers().lastHeader("Content-Type");
        return Optional.of(Received.of(
                new ByteArrayInputStream(record.value()), type == null ? null : new String(type.value(), UTF_8)));
    }

    @Override
    public void close() throws Exception {
        consumer.close();
        broker.shutdown();
        broker.awaitShutdown();
        new Folder(data).close();
    }
}
