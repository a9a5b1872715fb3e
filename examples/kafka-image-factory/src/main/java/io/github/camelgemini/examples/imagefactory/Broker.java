package io.github.camelgemini.examples.imagefactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in its own process, with its data in a folder. */
final class Broker implements AutoCloseable {

    private final ChildJvm process;
    private final int port;

    private Broker(ChildJvm process, int port) {
        this.process = process;
        this.port = port;
    }

    static Broker start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        int controllerPort = freePort();
        Path settings = Files.createDirectories(folder).resolve("server.properties");
        Files.writeString(
                settings,
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%2$d
                listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                advertised.listeners=PLAINTEXT://localhost:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                # A group of one machine is complete at once.
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                """
                        .formatted(
                                port,
                                controllerPort,
                                folder.resolve("data").toUri().getPath()));
        try (ChildJvm format = ChildJvm.start(
                "kafka-format",
                folder,
                "128m",
                Map.of(),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                settings.toString())) {
            format.awaitLine(line -> line.startsWith("Formatting"));
            format.awaitEnd();
        }
        ChildJvm process = ChildJvm.start(
                "kafka",
                folder,
                "256m",
                Map.of("org.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer", "info"),
                "kafka.Kafka",
                settings.toString());
        process.awaitLine(line -> line.contains("Kafka Server started"));
        return new Broker(process, port);
    }

    /** As in {@code bootstrap.servers}. */
    String address() {
        return "localhost:" + port;
    }

    void createTopics(int partitions, String... names) throws InterruptedException {
        for (String name : names) {
            createTopic(partitions, name, Map.of());
        }
    }

    void createTopic(int partitions, String name, Map<String, String> settings) throws InterruptedException {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker refused the topic " + name + ": " + e.getCause().getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
