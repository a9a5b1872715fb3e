package io.github.camelgemini.examples.imagefactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends jobs, like another program would. */
final class Prompts {

    /**
     * A record of the topic of prompts.
     *
     * @param id the key
     * @param json the request
     */
    record Job(String id, String json) {}

    private Prompts() {}

    /** Sends all jobs, and returns when the broker has them. */
    static void send(Servers servers, List<Job> jobs) throws InterruptedException {
        send(servers, Servers.PROMPTS, jobs);
    }

    static void send(Servers servers, String topic, List<Job> jobs) throws InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.broker().address()),
                new StringSerializer(),
                new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Job job : jobs) {
                sent.add(producer.send(new ProducerRecord<>(topic, job.id(), job.json())));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker did not accept all prompts: " + e.getCause().getMessage(), e);
        }
    }
}
