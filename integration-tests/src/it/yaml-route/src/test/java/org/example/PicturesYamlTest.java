package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesYamlTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 20_000_000})
    void aPictureIsThereAfterItsExchangeAndInItsFile(long bytes) throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.pictureBytes(bytes));
        Main main = new Main();
        main.addOverrideProperty("camel.component.gemini-image.base-url", EMULATOR.baseUrl());
        main.addOverrideProperty("camel.component.gemini-image.api-key", "any");
        main.addOverrideProperty("pictures", folder.toString());
        main.start();
        try {
            Exchange exchange =
                    main.getCamelTemplate().request("direct:draw", e -> e.getMessage().setBody("A lighthouse"));

            byte[] picture = exchange.getMessage().getBody(byte[].class);
            assertEquals(bytes, picture.length);
            assertArrayEquals(drawnByHand(EMULATOR), picture);
            assertArrayEquals(picture, Files.readAllBytes(folder.resolve("picture.jpg")));
        } finally {
            main.stop();
        }
    }

    /** The same picture once more, without Camel. */
    private static byte[] drawnByHand(GeminiEmulatorExtension emulator) throws Exception {
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
