package io.github.camelgemini.examples.imagefactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.examples.imagefactory.Outcomes.Outcome;
import io.github.camelgemini.examples.imagefactory.Prompts.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One worker on a real broker and a real S3 server. */
@Timeout(180)
class ImageFactoryTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

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
        assertThat(result.get("model").asText()).isEqualTo("gemini-3.1-flash-image");
    }

    private static Outcome send(String id, String json) throws Exception {
        Prompts.send(servers, List.of(new Job(id, json)));
        return await().atMost(LIMIT).until(() -> {
            outcomes.poll(fresh -> {});
            return outcomes.byId().stream().filter(outcome -> id.equals(outcome.id())).findFirst().orElse(null);
        }, java.util.Objects::nonNull);
    }
}
