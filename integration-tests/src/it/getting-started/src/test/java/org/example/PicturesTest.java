package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The project of the page "Getting started" does what the page says. */
class PicturesTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @Test
    void aPromptAndAPhotographBecomePictures() throws Exception {
        Files.createDirectories(Path.of("prompts"));
        Files.writeString(Path.of("prompts/t-rex.txt"), "A T-Rex relaxing on a beach");
        Files.createDirectories(Path.of("photographs"));
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", new File("photographs/chair.png"));
        System.setProperty("camel.main.profile", "emulator");
        System.setProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        System.setProperty("camel.main.durationMaxMessages", "2");

        Pictures.main(new String[0]);

        assertEquals(2752, ImageIO.read(new File("pictures/t-rex.jpg")).getWidth());
        assertTrue(Files.isRegularFile(Path.of("pictures/chair.jpg")));
        List<ReceivedRequest> requests = EMULATOR.requests();
        assertEquals(
                Set.of("gemini-nano-banana-2.1"),
                requests.stream().map(ReceivedRequest::model).collect(Collectors.toSet()));
        assertEquals(1, requests.stream().filter(request -> request.pictures().size() == 1).count());
    }
}
