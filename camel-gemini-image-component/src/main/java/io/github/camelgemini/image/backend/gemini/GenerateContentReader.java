package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.AnswerLimits;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.payload.spool.SpoolException;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the body of a successful answer: one object, an array of chunks, or a stream of events. Reports progress while
 * it arrives.
 */
public final class GenerateContentReader {

    private static final Logger LOG = LoggerFactory.getLogger(GenerateContentReader.class);
    /** The fields of an event stream, and the start of a comment. */
    private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");

    private static final int LONGEST_FIELD = 6;

    private final PayloadStore store;
    private final UnaryOperator<String> redaction;

    /**
     * @param store stores the pictures
     * @param redaction removes credentials from a text
     */
    public GenerateContentReader(PayloadStore store, UnaryOperator<String> redaction) {
        this.store = store;
        this.redaction = redaction;
    }

    /**
     * Reads an answer. Blocks until it is complete.
     *
     * @param body stays open
     * @param ofEvents whether the server declares a stream of events
     * @param asEvents called when the answer is a stream of events although the server does not declare it
     * @param retryAfter the value of that header, or null
     * @param progress receives the progress
     * @throws IOException when the connection breaks before there is a picture
     */
    public Received read(
            InputStream body, boolean ofEvents, Runnable asEvents, String retryAfter, ProgressListener progress)
            throws IOException {
        Function<JsonNode, Optional<ErrorResponse>> errors =
                answer -> ErrorResponse.within(answer, redaction, retryAfter);
        PushbackInputStream in = new PushbackInputStream(body, LONGEST_FIELD);
        if (ofEvents) {
            return events(in, errors, progress);
        }
        if (beginsAsEvents(in)) {
            asEvents.run();
            return events(in, errors, progress);
        }
        return whole(in, errors, progress);
    }

    /** Some gateways send events with another content type. JSON never begins like an event. */
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

    private Received whole(
            InputStream body, Function<JsonNode, Optional<ErrorResponse>> errors, ProgressListener progress)
            throws IOException {
        JsonNode answer = ResponseJson.read(body, store, AnswerLimits.DEFAULT, progress::receiving);
        Received received = Received.whole(answer, errors);
        for (JsonNode chunk : answer.isArray() ? answer : List.of(answer)) {
            tell(chunk, progress);
        }
        return received;
    }

    private Received events(
            InputStream body, Function<JsonNode, Optional<ErrorResponse>> errors, ProgressListener progress)
            throws IOException {
        StreamedAnswer streamed = new StreamedAnswer();
        try {
            ResponseJson.readEvents(body, store, AnswerLimits.DEFAULT, progress::receiving, chunk -> {
                streamed.add(chunk);
                tell(chunk, progress);
            });
            return Received.streamed(streamed, errors);
        } catch (SpoolException | RuntimeException e) {
            streamed.discard();
            throw e;
        } catch (IOException e) {
            if (streamed.hasPicture()) {
                // The picture is complete and billed; another call would be billed again.
                LOG.info(
                        "A stream broke after its image had arrived. The image is used: {}",
                        OutsideText.of(e.toString()));
                return Received.streamed(streamed, errors);
            }
            streamed.discard();
            throw e;
        }
    }

    private static void tell(JsonNode chunk, ProgressListener progress) {
        if (progress == ProgressListener.NONE) {
            return;
        }
        for (JsonNode candidate : AnswerParts.unwrapped(chunk).path("candidates")) {
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
