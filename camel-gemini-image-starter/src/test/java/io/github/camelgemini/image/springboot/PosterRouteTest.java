package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the README shows: an application.yml, a route, a picture. */
@CamelSpringBootTest
@SpringBootTest(classes = PosterApplication.class)
@ActiveProfiles("poster")
class PosterRouteTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @Autowired
    ProducerTemplate template;

    @DynamicPropertySource
    static void emulator(DynamicPropertyRegistry registry) {
        registry.add("GEMINI_API_KEY", () -> "key-of-environment");
        registry.add("camel.component.gemini-image.base-url", EMULATOR::baseUrl);
    }

    @Test
    void applicationYamlConfiguresThePictureOfARoute() throws Exception {
        byte[] picture = template.requestBody("direct:poster", "A T-Rex relaxing on a beach", byte[].class);

        BufferedImage pixels = ImageIO.read(new ByteArrayInputStream(picture));
        assertThat(pixels.getWidth() + "x" + pixels.getHeight()).isEqualTo("2752x1536");
        assertThat(EMULATOR.requests()).singleElement().satisfies(request -> {
            assertThat(request.prompt()).isEqualTo("A T-Rex relaxing on a beach");
            assertThat(request.apiKey()).contains("key-of-environment");
            assertThat(request.model()).isEqualTo("gemini-nano-banana-2.1");
        });
    }
}
