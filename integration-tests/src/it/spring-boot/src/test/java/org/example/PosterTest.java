package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.springboot.test.AutoConfigureGeminiEmulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@AutoConfigureGeminiEmulator
class PosterTest {

    @Autowired
    GeminiEmulator emulator;

    @Autowired
    ProducerTemplate template;

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 20_000_000})
    void aPictureIsThereAfterItsExchange(long bytes) throws Exception {
        emulator.on(RequestMatcher.any()).answer(Fault.pictureBytes(bytes));

        Exchange exchange = template.request("direct:poster", e -> e.getMessage().setBody("A lighthouse"));

        byte[] picture = exchange.getMessage().getBody(byte[].class);
        assertEquals(bytes, picture.length);
        assertArrayEquals(drawnByHand(emulator), picture);
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
