package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults of the transfer, as a socket sees them. */
class FaultsOnTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static RawCall call(Duration patience) throws IOException {
        return RawCall.make(emulator.port(), "a fault", patience);
    }

    private static HttpRequest request() {
        return generate(emulator.baseUrl(), MODEL, prompt("a fault"));
    }

    private static void isReset(RawCall call) {
        assertThat(call.failure()).containsInstanceOf(SocketException.class);
        assertThat(call.failure().orElseThrow()).hasMessageContaining("reset");
    }

    private static void isSilent(RawCall call) {
        assertThat(call.failure()).containsInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void resetBeforeHeadersSendsNothing() throws IOException {
        emulator.next(Fault.resetBeforeHeaders());

        RawCall call = call(PATIENCE);

        isReset(call);
        assertThat(call.received()).isEmpty();
    }

    @Test
    void resetAfterHeadersSendsTheHeaders() throws IOException {
        emulator.next(Fault.resetAfterHeaders());

        RawCall call = call(PATIENCE);

        isReset(call);
        assertThat(call.received()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
    }

    @Test
    void resetMidBodySendsTheFirstBytes() throws IOException {
        emulator.next(Fault.resetMidBody(1000));

        RawCall call = call(PATIENCE);

        isReset(call);
        assertThat(call.body()).hasSize(1000).startsWith("{\"candidates\"");
    }

    @Test
    void resetIsAnIoExceptionForAnHttpClient() {
        emulator.next(Fault.resetBeforeHeaders());

        assertThatThrownBy(() -> send(request())).isInstanceOf(IOException.class);
    }

    @Test
    void truncateClosesTheConnectionInAnOrderlyWay() throws IOException {
        emulator.next(Fault.truncate(1000));

        RawCall call = call(PATIENCE);

        assertThat(call.failure()).isEmpty();
        assertThat(call.body()).hasSize(1000);
        assertThat(call.received()).contains("Content-Length: ");
    }

    @Test
    void stallBeforeHeadersSaysNothing() throws IOException {
        emulator.next(Fault.stallBeforeHeaders());

        RawCall call = call(IMPATIENCE);

        isSilent(call);
        assertThat(call.received()).isEmpty();
    }

    @Test
    void stallMidBodySendsTheFirstBytes() throws IOException {
        emulator.next(Fault.stallMidBody(1000), Fault.pixels(16, 16));

        RawCall call = call(IMPATIENCE.multipliedBy(10));

        isSilent(call);
        assertThat(call.body()).hasSize(1000);
    }

    @Test
    void clearEndsStalls() {
        emulator.next(Fault.stallMidBody(10));
        CompletableFuture<HttpResponse<String>> call =
                Http.client().sendAsync(request(), HttpResponse.BodyHandlers.ofString());

        while (!call.isDone()) {
            if (!emulator.requests().isEmpty()) {
                emulator.emulator().clearFaults();
            }
            Thread.onSpinWait();
        }

        assertThatThrownBy(call::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void trickleSendsSmallPieces() throws IOException {
        emulator.next(Fault.status(503, "UNAVAILABLE", "slow"), Fault.trickle(10, Duration.ofMillis(20)));

        long start = System.nanoTime();
        HttpResponse<String> response = send(request());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
        assertThat(Http.json(response).at("/error/message").asText()).isEqualTo("slow");
    }

    @Test
    void aPictureOfAHundredMegabytesArrivesWhole() throws IOException {
        long size = 100 << 20;
        emulator.next(Fault.pictureBytes(size));

        HttpResponse<InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        long announced = response.headers().firstValueAsLong("Content-Length").orElseThrow();
        assertThat(announced).isGreaterThan(size / 3 * 4);
        assertThat(response.body().transferTo(OutputStream.nullOutputStream())).isEqualTo(announced);
    }

    @Test
    void aThousandDelayedRequestsHoldNoThreads() {
        Duration delay = Duration.ofSeconds(4);
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.delay(delay));

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> Http.client().sendAsync(request(), HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        List<ReceivedRequest> received = emulator.requests();
        assertThat(received).hasSize(1000);
        // Jetty has 200 threads: were they held, the last request would have been read after several delays.
        assertThat(Duration.between(
                        received.get(0).receivedAt(), received.get(999).receivedAt()))
                .isLessThan(delay);
    }
}
