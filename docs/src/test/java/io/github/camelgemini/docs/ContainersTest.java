package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the pages about containers and scaling out show fits together, and with what it is for. */
class ContainersTest {

    private static final Path FILES = Path.of("src/test/resources/container");
    private static final Path EXAMPLE =
            Path.of("../examples/kafka-image-factory/src/main/resources/application.properties");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void theProbesAreServedAsTheDeploymentAsksForThem() throws Exception {
        int port = freePort();
        main.setDefaultPropertyPlaceholderLocation("classpath:container/container.properties");
        main.addOverrideProperty("camel.management.port", "" + port);
        main.addOverrideProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addOverrideProperty("camel.component.gemini-image.apiKey", "any-key");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:draw").to("gemini-image:generate");
            }
        });
        main.start();

        assertThat(main.getCamelContext()
                        .getComponent("gemini-image", GeminiImageComponent.class)
                        .getConfiguration()
                        .getSpoolDirectory())
                .isEqualTo("/tmp");
        for (String probe : List.of("livenessProbe", "readinessProbe")) {
            String path = at(container(), probe, "httpGet", "path").toString();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .build();
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(probe).isEqualTo(200);
            assertThat(answer.body()).as(probe).contains("UP");
        }
    }

    @Test
    void theDeploymentFitsItsProperties() throws IOException {
        Properties properties = properties(FILES.resolve("container.properties"));
        Map<String, Object> environment = ((List<?>) at(container(), "env"))
                .stream()
                        .map(variable -> (Map<?, ?>) variable)
                        .collect(Collectors.toMap(
                                variable -> variable.get("name").toString(),
                                variable -> String.valueOf(variable.get("value"))));
        List<Object> mounts = ((List<?>) at(container(), "volumeMounts"))
                .stream().map(mount -> at(mount, "mountPath")).toList();

        assertThat(at(((List<?>) at(container(), "ports")).get(0), "containerPort")
                        .toString())
                .isEqualTo(properties.getProperty("camel.management.port"));
        assertThat(properties.getProperty("camel.component.gemini-image.spoolDirectory"))
                .contains("env:SPOOL_FOLDER");
        assertThat(mounts).contains(environment.get("SPOOL_FOLDER"), "/tmp");
        assertThat((Integer) at(pod(), "terminationGracePeriodSeconds"))
                .isGreaterThan(Integer.parseInt(properties.getProperty("camel.main.shutdownTimeout")));
    }

    @Test
    void kedaAsksForTheGroupOfTheExampleAndForNoMoreWorkersThanPartitions() throws IOException {
        Properties example = properties(EXAMPLE);
        Object scaled = yaml("scaled-object.yaml");
        Object trigger = at(((List<?>) at(scaled, "spec", "triggers")).get(0), "metadata");

        assertThat(at(trigger, "consumerGroup")).isEqualTo(example.getProperty("consumer-group"));
        assertThat(at(trigger, "topic")).isEqualTo(example.getProperty("prompts-topic"));
        assertThat(at(trigger, "lagThreshold")).isEqualTo(example.getProperty("prompts-at-a-time"));
        int partitions = 8;
        assertThat((Integer) at(scaled, "spec", "maxReplicaCount")
                        * Integer.parseInt(example.getProperty("prompts-at-a-time")))
                .isLessThanOrEqualTo(partitions);
    }

    private static Object pod() throws IOException {
        return at(yaml("deployment.yaml"), "spec", "template", "spec");
    }

    private static Object container() throws IOException {
        return ((List<?>) at(pod(), "containers")).get(0);
    }

    private static Object at(Object node, String... path) {
        for (String name : path) {
            node = ((Map<?, ?>) node).get(name);
        }
        return node;
    }

    private static Object yaml(String name) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILES.resolve(name)));
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
