package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.payload.spool.SpoolException;
import io.github.camelgemini.image.request.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an answer that is no error, in one piece or as a stream of events, into its {@link Transfer}, and tells of it. */
final class AnswerTransport {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerTransport.class);
    private static final int LONGEST_ERROR = 1 << 20;
    /** Of an event stream, and what a comment begins with. */
    private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");

    private static final int LONGEST_FIELD = 6;

    private final PayloadStore store;
    private final UnaryOperator<String> redaction;
    private final Duration idleTimeout;

    AnswerTransport(PayloadStore store, UnaryOperator<String> redaction, Duration idleTimeout) {
        this.store = store;
        this.redaction = redaction;
        this.idleTimeout = idleTimeout;
    }

    void read(Response response, Transfer transfer) throws IOException {
        boolean ofEvents = isEventStream(response.body().contentType());
        try (AnswerBody body = new AnswerBody(response.body(), idleTimeout, ofEvents)) {
            Received received = new Received(
                    response.header("x-gemini-service-tier"), response.header("Retry-After"), redaction, transfer);
            PushbackInputStream in = new PushbackInputStream(body, LONGEST_FIELD);
            if (!ofEvents && beginsAsEvents(in)) {
                ofEvents = true;
                body.readAsEvents();
            }
            read(in, ofEvents, received, transfer.progress());
        }
    }

    /** Some gateways send events under another type; JSON never begins like one. */
    private static boolean beginsAsEvents(PushbackInputStream in) throws IOException {
        byte[] head = new byte[LONGEST_FIELD];
        int length = 0;
        String begin = "";
        while (length < head.length && FIELDS.stream().anyMatch(mayBegin(begin))) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head[length++] = (byte) next;
            begin = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        }
        in.unread(head, 0, length);
        return FIELDS.stream().anyMatch(begin::startsWith);
    }

    private static Predicate<String> mayBegin(String begin) {
        return field -> field.length() > begin.length() && field.startsWith(begin);
    }

    /** The body of an answer that is an error, as far as it is read. */
    String readError(Response response) throws IOException {
        try (AnswerBody body = new AnswerBody(response.body(), idleTimeout, false)) {
            MediaType type = response.body().contentType();
            Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
            return new String(body.readNBytes(LONGEST_ERROR), charset == null ? StandardCharsets.UTF_8 : charset);
        }
    }

    private void read(InputStream body, boolean ofEvents, Received received, ProgressListener progress)
            throws IOException {
        if (!ofEvents) {
            JsonNode answer = ResponseJson.read(body, store, AnswerLimits.DEFAULT, progress::receiving);
            received.whole(answer);
            for (JsonNode chunk : answer.isArray() ? answer : List.of(answer)) {
                tell(chunk, progress);
            }
            return;
        }
        StreamedAnswer streamed = new StreamedAnswer();
        try {
            ResponseJson.readEvents(body, store, AnswerLimits.DEFAULT, progress::receiving, chunk -> {
                streamed.add(chunk);
                tell(chunk, progress);
            });
            received.streamed(streamed);
        } catch (SpoolException | RuntimeException e) {
            streamed.discard();
            throw e;
        } catch (IOException e) {
            if (streamed.hasPicture()) {
                // It is complete and paid for, and another call would draw another one.
                LOG.info(
                        "A stream broke after its picture had come, which is taken: {}", redaction.apply(e.toString()));
                received.streamed(streamed);
                return;
            }
            streamed.discard();
            throw e;
        }
    }

    private static boolean isEventStream(MediaType type) {
        return type != null && type.type().equals("text") && type.subtype().equals("event-stream");
    }

    private static void tell(JsonNode chunk, ProgressListener progress) {
        if (progress == ProgressListener.NONE) {
            return;
        }
        for (JsonNode candidate : Received.unwrapped(chunk).path("candidates")) {
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
