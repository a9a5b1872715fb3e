package io.github.camelgemini.examples.imagefactory;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.util.FileUtil;

/** All servers for the workers: a broker and an S3 server in their own processes, and the emulator in this one. */
record Servers(Broker broker, ObjectStore store, GeminiEmulator emulator, Path folder) implements AutoCloseable {

    static final String PROMPTS = "prompts";
    static final String RESULTS = "results";
    static final String DEAD_LETTERS = "dead-letters";

    /**
     * Starts the servers.
     *
     * @param folder for their data and all logs; data of an earlier run is deleted
     * @param partitions of each topic, which limits the pictures that all workers can make at a time
     */
    static Servers start(Path folder, int partitions) throws IOException, InterruptedException {
        FileUtil.removeDir(folder.toFile());
        Broker broker = Broker.start(folder);
        broker.createTopics(partitions, PROMPTS, RESULTS);
        broker.createTopic(partitions, DEAD_LETTERS, Map.of("max.message.bytes", "2097152"));
        ObjectStore store = ObjectStore.start(folder);
        return new Servers(broker, store, GeminiEmulator.builder().start(), folder);
    }

    /**
     * Starts a worker.
     *
     * @param name unique among live workers
     * @param properties in addition to those for broker and store
     */
    ChildJvm startWorker(String name, Map<String, String> properties) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("worker", name);
        all.put("kafka-brokers", broker.address());
        all.put("bucket", ObjectStore.BUCKET);
        all.put("camel.component.aws2-s3.use-default-credentials-provider", "false");
        all.put("camel.component.aws2-s3.access-key", "any");
        all.put("camel.component.aws2-s3.secret-key", "any");
        all.put("camel.component.aws2-s3.override-endpoint", "true");
        all.put("camel.component.aws2-s3.uri-endpoint-override", store.address());
        all.put("camel.component.aws2-s3.force-path-style", "true");
        all.putAll(properties);
        return ChildJvm.start(name, folder, "192m", all, Worker.class.getName());
    }

    /** The properties with which a worker uses the emulator. */
    Map<String, String> emulatorProperties() {
        return Map.of(
                "camel.component.gemini-image.base-url",
                emulator.baseUrl(),
                "camel.component.gemini-image.api-key",
                "any-key-will-do");
    }

    @Override
    public void close() throws InterruptedException {
        store.close();
        broker.close();
        emulator.close();
    }
}
