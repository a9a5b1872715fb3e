package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.AnswerLimits;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.ResponseJson;
import io.github.camelgemini.image.request.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Response;

/** Reads an answer that is no error, in one piece or as a stream of events, into its {@link Transfer}, and tells of it. */
final class AnswerTransport {

    private static final int LONGEST_ERROR = 1 << 20;

    private final PayloadStore store;
    private final UnaryOperator<String> redaction;
    private final Duration idleTimeout;

    AnswerTransport(PayloadStore store, UnaryOperator<String> redaction, Duration idleTimeout) {
        this.store = store;
        this.redaction = redaction;
        this.idleTimeout = idleTimeout;
    }

    void read(Response response, Call call, Transfer transfer) throws IOException {
        boolean ofEvents = isEventStream(response.body().contentType());
        try (AnswerBody body = new AnswerBody(response.body(), call, idleTimeout, ofEvents)) {
            read(body, ofEvents, response.header("x-gemini-service-tier"), transfer);
        }
    }

    /** The body of an answer that is an error, as far as it is read. */
    String readError(Response response, Call call) throws IOException {
        try (AnswerBody body = new AnswerBody(response.body(), call, idleTimeout, false)) {
            MediaType type = response.body().contentType();
            Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
            return new String(body.readNBytes(LONGEST_ERROR), charset == null ? StandardCharsets.UTF_8 : charset);
        }
    }

    private void read(InputStream body, boolean ofEvents, String tier, Transfer transfer) throws IOException {
        ProgressListener progress = transfer.progress();
        if (ofEvents) {
            StreamedAnswer streamed = new StreamedAnswer();
            try {
                ResponseJson.readEvents(body, store, AnswerLimits.DEFAULT, progress::receiving, chunk -> {
                    streamed.add(chunk);
                    tell(chunk, progress);
                });
                end(streamed, tier, transfer);
            } catch (IOException | RuntimeException e) {
                streamed.discard();
                throw e;
            }
        } else {
            JsonNode answer = ResponseJson.read(body, store, AnswerLimits.DEFAULT, progress::receiving);
            transfer.answered(answer, tier);
            tell(answer, progress);
        }
    }

    private static boolean isEventStream(MediaType type) {
        return type != null && type.type().equals("text") && type.subtype().equals("event-stream");
    }

    /** A stream has sent its status 200 before it fails; the error then comes as its last event. */
    private void end(StreamedAnswer streamed, String tier, Transfer transfer) throws IOException {
        JsonNode error = streamed.error();
        if (error.isMissingNode()) {
            transfer.answered(streamed.whole(), tier);
        } else {
            streamed.discard();
            String body =
                    JsonNodeFactory.instance.objectNode().set("error", error).toString();
            transfer.refused(ErrorResponse.read(error.path("code").asInt(500), redaction.apply(body), null));
        }
    }

    private static void tell(JsonNode chunk, ProgressListener progress) {
        if (progress == ProgressListener.NONE) {
            return;
        }
        for (JsonNode candidate : chunk.path("candidates")) {
            for (JsonNode part : candidate.path("content").path("parts")) {
                String text = part.path("text").asText();
                if (!text.isEmpty() && part.path("thought").asBoolean()) {
                    progress.thought(text);
                } else if (!text.isEmpty()) {
                    progress.text(text);
                }
                if (part.path("inlineData").path("data") instanceof POJONode data
                        && data.getPojo() instanceof Payload picture) {
                    ImageInfo.read(picture).ifPresent(info -> progress.received(info, picture.length()));
                }
            }
        }
    }
}
