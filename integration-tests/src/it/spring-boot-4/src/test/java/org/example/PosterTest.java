package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.springboot.test.AutoConfigureGeminiEmulator;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureGeminiEmulator
class PosterTest {

    @Autowired
    GeminiEmulator emulator;

    @Autowired
    ProducerTemplate template;

    @LocalServerPort
    int port;

    @Test
    void theVersionsAreThoseThatAreMeant(@Autowired CamelContext camel) {
        assertTrue(SpringBootVersion.getVersion().startsWith("4."), SpringBootVersion.getVersion());
        assertTrue(camel.getVersion().startsWith("4.22."), camel.getVersion());
    }

    @Test
    void propertiesReachTheComponent() throws Exception {
        byte[] picture = template.requestBody("direct:poster", "A lighthouse", byte[].class);

        assertEquals(1376, ImageIO.read(new ByteArrayInputStream(picture)).getWidth());
        assertTrue(emulator.requests().get(0).path().contains("gemini-nano-banana-2.1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 20_000_000})
    void aPictureIsThereAfterItsExchange(long bytes) throws Exception {
        emulator.on(RequestMatcher.any()).answer(Fault.pictureBytes(bytes));

        Exchange exchange = template.request("direct:poster", e -> e.getMessage().setBody("A lighthouse"));

        byte[] picture = exchange.getMessage().getBody(byte[].class);
        assertEquals(bytes, picture.length);
        assertArrayEquals(drawnByHand(emulator), picture);
    }

    @Test
    void actuatorTellsHealthAndMetricsAndNoKey() throws Exception {
        template.requestBody("direct:poster", "A lighthouse", byte[].class);

        String health = get("/actuator/health");
        assertTrue(health.contains("producer:service:poster:gemini-image://generate"), health);
        String duration = get("/actuator/metrics/gen_ai.client.operation.duration?tag=error.type:none");
        assertTrue(duration.contains("\"COUNT\""), duration);
        String properties = get("/actuator/configprops");
        assertTrue(properties.contains("camel.component.gemini-image"), properties);
        assertFalse(properties.contains("marked-key-4711"), properties);
    }

    @Test
    void picturesGoAlongAsAttachments() {
        Exchange exchange = template.request("direct:mail", e -> e.getMessage().setBody("A lighthouse"));

        assertEquals(
                1, exchange.getMessage(AttachmentMessage.class).getAttachments().size());
    }

    private String get(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    /** The same picture once more, without Camel. */
    private static byte[] drawnByHand(GeminiEmulator emulator) throws Exception {
        ReceivedRequest request = emulator.requests().get(0);
        HttpRequest again = HttpRequest.newBuilder(URI.create(emulator.baseUrl()).resolve(request.path()))
                .header("x-goog-api-key", "any")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.body().toString()))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(again, BodyHandlers.ofString())
                .body();
        int start = answer.indexOf('"', answer.indexOf("\"data\"") + "\"data\"".length()) + 1;
        return Base64.getDecoder().decode(answer.substring(start, answer.indexOf('"', start)));
    }
}
