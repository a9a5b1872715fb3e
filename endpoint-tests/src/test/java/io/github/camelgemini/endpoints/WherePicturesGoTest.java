package io.github.camelgemini.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What endpoints of Camel do with a small and a large picture in a JVM with {@code -Xmx64m}. The table of the documentation is what
 * happened here.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WherePicturesGoTest {

    private static final Path PAGE = Path.of("../docs/src/docs/asciidoc/_where-pictures-go.adoc");
    private static final Path WRITTEN = Path.of("target/where-pictures-go.adoc");

    private static final Page page = new Page();
    private static final Map<PictureSize, String> drawn = new EnumMap<>(PictureSize.class);
    private static GeminiEmulator emulator;
    private static Receiver server;
    private static Destination.Server serverOf;

    @BeforeAll
    static void startEmulator() throws Exception {
        emulator = GeminiEmulator.start();
        for (PictureSize size : PictureSize.values()) {
            drawn.put(size, draw(size));
        }
    }

    /** The picture as it is on the wire, read by nothing of ours. */
    private static String draw(PictureSize size) throws Exception {
        emulator.next(Fault.pictureBytes(size.bytes()));
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        emulator.baseUrl() + "/v1beta/models/gemini-3.1-flash-image:generateContent"))
                                .header("x-goog-api-key", "any")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"contents\":[{\"parts\":[{\"text\":\"" + Sender.PROMPT + "\"}]}]}"))
                                .build(),
                        BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
        int start = answer.indexOf('"', answer.indexOf(':', answer.indexOf("\"data\""))) + 1;
        byte[] picture = Base64.getDecoder().decode(answer.substring(start, answer.indexOf('"', start)));
        assertThat(picture).hasSize(size.bytes());
        return Received.sha256(new ByteArrayInputStream(picture));
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (server != null) {
            server.close();
        }
        emulator.close();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void sendsPicturesAndTellsWhatBecameOfThem(Destination destination) throws Exception {
        useServerOf(destination);
        Map<PictureSize, Outcome> outcomes = new EnumMap<>(PictureSize.class);
        for (PictureSize size : PictureSize.values()) {
            outcomes.put(size, send(destination, size));
        }
        page.add(destination, outcomes);
    }

    @Test
    @Order(2)
    void documentationTellsWhatHappened() throws IOException {
        Files.writeString(WRITTEN, page.text());
        assumeTrue(page.isComplete(), "Not all endpoints were tried, so the page cannot be compared");

        assertThat(Files.readString(WRITTEN))
                .as(
                        "What happened is not what the documentation says. If it is right: cp"
                                + " endpoint-tests/target/where-pictures-go.adoc docs/src/docs/asciidoc/_where-pictures-go.adoc")
                .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    }

    /** The last one serves on where the next destination has the same. */
    private static void useServerOf(Destination destination) throws Exception {
        if (server != null && destination.server() == serverOf) {
            return;
        }
        if (server != null) {
            server.close();
            server = null;
        }
        server = destination.server().start();
        serverOf = destination.server();
    }

    private static Outcome send(Destination destination, PictureSize size) throws Exception {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.pictureBytes(size.bytes()));
        Map<String, String> properties = new HashMap<>(server.properties());
        properties.put("camel.component.gemini-image.base-url", emulator.baseUrl());
        properties.put("camel.component.gemini-image.api-key", "any");
        properties.putAll(destination.properties());
        try (SenderProcess sender = SenderProcess.start(destination, properties)) {
            String line = sender.line(Sender.SENT, Sender.FAILED, Sender.LISTENING);
            boolean asks = Sender.LISTENING.equals(line);
            Optional<Received> received = asks ? server.take() : Optional.empty();
            boolean heapExhausted = sender.endsWithAFullHeap();
            if (!asks) {
                received = server.take();
            }
            if (heapExhausted) {
                return Outcome.heapExhausted();
            }
            if (line.startsWith(Sender.FAILED)) {
                return Outcome.failed(line.split(" ", 3)[1]);
            }
            assertThat(received).as("Nothing came, and no error").isPresent();
            return received.get().sha256().equals(drawn.get(size))
                    ? Outcome.arrived(received.get().type())
                    : Outcome.differs(received.get().type());
        }
    }
}
