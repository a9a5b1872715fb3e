package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.picture;
import static io.github.camelgemini.emulator.Http.picturePart;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenerateContentTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    @Test
    void drawsAJpegOfTheExactPixelsForGemini3() throws IOException {
        String body = prompt("a lighthouse", "{\"imageConfig\":{\"aspectRatio\":\"16:9\",\"imageSize\":\"2K\"}}");

        JsonNode answer = json(send(generate(emulator.baseUrl(), MODEL, body)));

        assertThat(picturePart(answer).at("/inlineData/mimeType").asText()).isEqualTo("image/jpeg");
        BufferedImage picture = picture(answer);
        assertThat(picture.getWidth()).isEqualTo(2752);
        assertThat(picture.getHeight()).isEqualTo(1536);
    }
}
