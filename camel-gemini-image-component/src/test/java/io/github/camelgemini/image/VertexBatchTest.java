package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch of Vertex AI from the message to its pictures, by way of Cloud Storage. */
@Timeout(120)
class VertexBatchTest {

    private final Map<String, Message> pictures = new ConcurrentHashMap<>();

    @Test
    void picturesComeByTheirKeys() throws Exception {
        try (GeminiEmulator emulator = GeminiEmulator.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
            component.useEmulator(emulator.baseUrl());
            component.getConfiguration().setProject("p");
            component.getConfiguration().setBatchGcsUri("gs://pictures/batches");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:submit").to("gemini-image:batch?imageSize=512");
                    from("gemini-image:batchResults?initialDelay=0&delay=50")
                            .process(exchange -> pictures.put(
                                    exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY, String.class),
                                    exchange.getMessage().copy()));
                }
            });
            context.start();

            context.createProducerTemplate()
                    .sendBody("direct:submit", Map.of("mug", "A mug", "vase", "A vase", "Ä 1", "A chair"));
            emulator.clock().advance(Duration.ofHours(24));

            await().until(() -> pictures.size() == 3);
            assertThat(pictures).containsOnlyKeys("mug", "vase", "Ä 1");
            assertThat(pictures.get("Ä 1").getHeaders()).containsEntry(GeminiImageHeaders.WIDTH, 512);
            assertThat(emulator.batches()).isEqualTo(1);
        }
    }
}
