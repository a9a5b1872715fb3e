package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code idleTimeout}: stalled connections are detected, and slow models are not taken for them. */
@Timeout(60)
class IdleConnectionTest {

    /** Long enough for a slow machine, where an answer is to come in time. */
    private static final String PATIENT = "gemini-image:generate?idleTimeout=1500";

    private static final String IMPATIENT = "gemini-image:generate?maxRetries=0&idleTimeout=100";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @Test
    void anAnswerThatStallsIsAskedForAgain() {
        routes.emulator().next(Fault.pictureBytes(200_000), Fault.stallMidBody(150_000));

        Exchange exchange = routes.send(PATIENT, "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    @Test
    void aFailureSaysHowFarTheAnswerCame() {
        routes.emulator().next(Fault.pictureBytes(200_000), Fault.stallMidBody(150_000));

        ServiceUnavailableException failure =
                routes.failure(IMPATIENT, "a cat", Map.of(), ServiceUnavailableException.class);

        assertThat(failure)
                .hasMessageContaining("failed before its answer was complete")
                .hasMessageContaining("after 150000 bytes of the answer, nothing arrived for idleTimeout=100 ms");
    }

    @Test
    void anErrorThatStallsIsFoundToo() {
        routes.emulator().next(Fault.invalidKey(), Fault.stallMidBody(10));
        routes.failure(IMPATIENT, "a cat", Map.of(), ServiceUnavailableException.class);

        routes.emulator().next(Fault.invalidKey());
        routes.failure(IMPATIENT, "a cat", Map.of(), AuthenticationException.class);
    }

    @Test
    void aModelMayTakeItsTimeBeforeItAnswers() {
        routes.emulator().next(Fault.delay(Duration.ofMillis(600)));

        assertThat(routes.send("gemini-image:generate?maxRetries=0&idleTimeout=500", "a cat")
                        .getException())
                .isNull();
    }

    @Test
    void theNextCallOnTheSameConnectionMayTakeItsTimeAsWell() {
        routes.send("gemini-image:generate?maxRetries=0&idleTimeout=500", "a cat");

        aModelMayTakeItsTimeBeforeItAnswers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/plain", "application/json"})
    void aStreamMayBeSilentBetweenItsEventsWhateverItsType(String type) {
        String event = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Wait\"}]}}]}\n\n";
        String last = event.replace("Wait", "I draw nothing").replace("]}}]}", "]},\"finishReason\":\"STOP\"}]}");
        String padded = event.replace("\n\n", " ".repeat(last.length() - event.length()) + "\n\n");
        routes.emulator()
                .next(Fault.rawBody(200, type, padded + last), Fault.trickle(last.length(), Duration.ofMillis(600)));

        Exchange exchange = routes.send(
                "gemini-image:generate?stream=true&failOnBlocked=false&maxRetries=0&idleTimeout=500", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TEXT)).isEqualTo("WaitI draw nothing");
    }

    @Test
    void aStreamThatStallsWithinAnEventIsAskedForAgain() {
        routes.emulator().next(Fault.pictureBytes(200_000), Fault.stallMidBody(150_000));

        Exchange exchange = routes.send(PATIENT + "&stream=true", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    @Test
    void anAnswerThatTricklesIsNoStall() {
        routes.emulator()
                .on(RequestMatcher.any())
                .answer(Fault.pictureBytes(20_000), Fault.trickle(1_000, Duration.ofMillis(20)));

        assertThat(routes.send(PATIENT + "&maxRetries=0", "a cat").getException())
                .isNull();
    }

    @Test
    void aServerThatTakesNoMoreOfTheRequestIsFound(@TempDir Path folder) throws Exception {
        Path reference = Files.write(folder.resolve("large.png"), Pictures.draw("png", 30, 20));
        try (ServerSocket server = new ServerSocket();
                RandomAccessFile file = new RandomAccessFile(reference.toFile(), "rw")) {
            // Far more than the buffers of two sockets take.
            file.setLength(30_000_000);
            server.setReceiveBufferSize(4_096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            ServiceUnavailableException failure = routes.failure(
                    "gemini-image:edit?prompt=brighter&maxRetries=0&idleTimeout=200&referenceUpload=INLINE"
                            + "&baseUrl=http://localhost:" + server.getLocalPort(),
                    reference,
                    Map.of(),
                    ServiceUnavailableException.class);

            assertThat(failure)
                    .hasMessageContaining("the server accepted no more of the request for idleTimeout=200 ms");
        }
    }

    @Test
    void zeroIsNoLimit() {
        routes.emulator()
                .next(Fault.rawBody(200, "application/json", "{}  {}"), Fault.trickle(2, Duration.ofMillis(100)));

        assertThat(routes.send("gemini-image:generate?maxRetries=0&idleTimeout=0", "a cat")
                        .getException())
                .hasMessageContaining("cannot be read");
    }
}
