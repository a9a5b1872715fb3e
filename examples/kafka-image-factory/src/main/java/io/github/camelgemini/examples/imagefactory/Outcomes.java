package io.github.camelgemini.examples.imagefactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topics of results and dead letters from the beginning. */
final class Outcomes implements AutoCloseable {

    /**
     * The outcome of a prompt.
     *
     * @param id the key of its record; null if it had none
     * @param value the result, or the original prompt
     * @param error the name of the exception, and empty for a result
     * @param reason of the failure, and empty for a result
     */
    record Outcome(String id, String value, Optional<String> error, Optional<String> reason) {

        boolean isPicture() {
            return error.isEmpty();
        }
    }

    private final KafkaConsumer<String, String> consumer;
    private final Map<String, Outcome> byId = new LinkedHashMap<>();
    private final List<Outcome> all = new ArrayList<>();

    Outcomes(Servers servers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.broker().address()),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = List.of(Servers.RESULTS, Servers.DEAD_LETTERS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads new records. Skips further records with the same id. */
    void poll(Consumer<Outcome> fresh) {
        for (ConsumerRecord<String, String> told : consumer.poll(Duration.ofMillis(20))) {
            Outcome outcome = new Outcome(told.key(), told.value(), header(told, "error"), header(told, "reason"));
            all.add(outcome);
            if (byId.putIfAbsent(outcome.id(), outcome) == null) {
                fresh.accept(outcome);
            }
        }
    }

    /** The first record for each id. */
    Collection<Outcome> byId() {
        return byId.values();
    }

    /** All records: after a crash there may be two for an id. */
    List<Outcome> all() {
        return all;
    }

    private static Optional<String> header(ConsumerRecord<String, String> told, String name) {
        return Optional.ofNullable(told.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
