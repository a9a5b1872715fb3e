package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as silence of a server, and what does not. */
@Timeout(60)
class AnswerBodyTest {

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final GeminiEmulator emulator = GeminiEmulator.builder().start();
    private final OkHttpClient http = new OkHttpClient();

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        emulator.close();
    }

    private Call call() {
        String request = "{\"contents\":[{\"parts\":[{\"text\":\"a cat\"}]}]}";
        return http.newCall(new Request.Builder()
                .url(emulator.baseUrl() + "/v1beta/models/gemini-3.1-flash-image:generateContent")
                .header("x-goog-api-key", "any")
                .post(RequestBody.create(request, MediaType.get("application/json")))
                .build());
    }

    private static void readNothingForLongerThanTheLimit(Call call) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .during(IDLE.multipliedBy(2))
                .until(() -> !call.isCanceled());
    }

    @Test
    void readerMayTakeItsTimeBetweenTwoReads() throws IOException {
        // More than sockets buffer, so that a call that is cancelled cannot be read to its end.
        emulator.next(Fault.pictureBytes(30_000_000));
        Call call = call();
        try (Response response = call.execute();
                InputStream body = new AnswerBody(response.body(), IDLE, false)) {
            assertThat(body.readNBytes(10_000)).hasSize(10_000);

            readNothingForLongerThanTheLimit(call);

            assertThat(body.transferTo(OutputStream.nullOutputStream())).isGreaterThan(30_000_000);
        }
    }

    @Test
    void serverThatIsSilentWhileAReadWaitsIsFoundEvenAfterThat() throws IOException {
        emulator.next(Fault.pictureBytes(200_000), Fault.stallMidBody(150_000));
        Call call = call();
        try (Response response = call.execute();
                InputStream body = new AnswerBody(response.body(), IDLE, false)) {
            assertThat(body.readNBytes(10_000)).hasSize(10_000);
            readNothingForLongerThanTheLimit(call);

            assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("after 150000 bytes of the answer, nothing arrived for idleTimeout=1000 ms");
        }
    }
}
