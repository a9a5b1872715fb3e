package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.MODEL;
import static io.github.camelgemini.emulator.Http.generate;
import static io.github.camelgemini.emulator.Http.prompt;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultsOnTheWireTest {

    @RegisterExtension
    static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();

    private static HttpRequest request() {
        return generate(emulator.baseUrl(), MODEL, prompt("a fault"));
    }

    @Test
    void resetBeforeHeadersIsAnIoException() {
        emulator.next(Fault.resetBeforeHeaders());

        assertThatThrownBy(() -> send(request())).isInstanceOf(IOException.class);
    }

    @Test
    void resetMidBodyIsAConnectionResetWhileTheBodyIsRead() throws IOException {
        emulator.next(Fault.resetMidBody(1000));

        HttpResponse<java.io.InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> response.body().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("Connection reset");
    }

    @Test
    void resetAfterHeadersGivesAStatusAndNoBody() throws IOException {
        emulator.next(Fault.resetAfterHeaders());

        HttpResponse<java.io.InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void truncateClosesTheConnectionInAnOrderlyWay() throws IOException {
        emulator.next(Fault.truncate(1000));

        HttpResponse<java.io.InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.body().readNBytes(1000)).hasSize(1000);
        assertThatThrownBy(() -> response.body().readAllBytes())
                .isInstanceOf(IOException.class)
                .satisfies(end -> assertThat(org.assertj.core.util.Throwables.getStackTrace(end))
                        .doesNotContain("Connection reset"));
    }

    @Test
    void stallBeforeHeadersSaysNothing() {
        emulator.next(Fault.stallBeforeHeaders());
        HttpRequest impatient = Http.post(
                        emulator.baseUrl() + "/v1beta/models/" + MODEL + ":generateContent", prompt("a fault"))
                .timeout(Duration.ofMillis(300))
                .build();

        assertThatThrownBy(() -> send(impatient)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void clearEndsStalls() {
        emulator.next(Fault.stallMidBody(10));
        CompletableFuture<HttpResponse<String>> call =
                Http.client().sendAsync(request(), HttpResponse.BodyHandlers.ofString());
        assertThat(call).isNotDone();
        while (emulator.requests().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> {
                    while (!call.isDone()) {
                        emulator.emulator().clear();
                    }
                    call.join();
                })
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void trickleSendsSmallPieces() throws IOException {
        emulator.next(Fault.status(503, "UNAVAILABLE", "slow").and(Fault.trickle(10, Duration.ofMillis(20))));

        long start = System.nanoTime();
        HttpResponse<String> response = send(request());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
        assertThat(Http.json(response).at("/error/message").asText()).isEqualTo("slow");
    }

    @Test
    void aPictureOfAHundredMegabytesArrivesWhole() throws IOException {
        long size = 100 << 20;
        emulator.next(Fault.pictureBytes(size));

        HttpResponse<java.io.InputStream> response = send(request(), HttpResponse.BodyHandlers.ofInputStream());

        long announced = response.headers().firstValueAsLong("Content-Length").orElseThrow();
        assertThat(announced).isGreaterThan(size / 3 * 4);
        assertThat(response.body().transferTo(java.io.OutputStream.nullOutputStream()))
                .isEqualTo(announced);
    }

    @Test
    void aThousandDelayedRequestsNeedNoThousandThreads() {
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16), Fault.delay(Duration.ofSeconds(2)));
        long start = System.nanoTime();

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> Http.client().sendAsync(request(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        while (emulator.requests().size() < 1000) {
            Thread.onSpinWait();
        }
        int threads = Thread.activeCount();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        assertThat(threads).isLessThan(400);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    }
}
