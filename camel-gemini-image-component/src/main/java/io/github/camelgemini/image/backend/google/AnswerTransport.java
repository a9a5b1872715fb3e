package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.gemini.GenerateContentReader;
import io.github.camelgemini.image.backend.gemini.Received;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.Response;

/**
 * Reads a successful answer, in one piece or as an event stream, into its {@link Transfer}, and reports the progress.
 */
final class AnswerTransport {

    private static final int LONGEST_ERROR = 1 << 20;

    private final GenerateContentReader reader;
    private final Duration idleTimeout;

    AnswerTransport(PayloadStore store, UnaryOperator<String> redaction, Duration idleTimeout) {
        this.reader = new GenerateContentReader(store, redaction);
        this.idleTimeout = idleTimeout;
    }

    void read(Response response, Transfer transfer) throws IOException {
        boolean ofEvents = isEventStream(response.body().contentType());
        try (AnswerBody body = new AnswerBody(response.body(), idleTimeout, ofEvents)) {
            Received received = reader.read(
                    body, ofEvents, body::readAsEvents, response.header("Retry-After"), transfer.progress());
            transfer.received(received, response.header("x-gemini-service-tier"));
        }
    }

    /** The body of an error, up to a limit. */
    String readError(Response response) throws IOException {
        try (AnswerBody body = new AnswerBody(response.body(), idleTimeout, false)) {
            MediaType type = response.body().contentType();
            Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
            return new String(body.readNBytes(LONGEST_ERROR), charset == null ? StandardCharsets.UTF_8 : charset);
        }
    }

    private static boolean isEventStream(MediaType type) {
        return type != null && type.type().equals("text") && type.subtype().equals("event-stream");
    }
}
