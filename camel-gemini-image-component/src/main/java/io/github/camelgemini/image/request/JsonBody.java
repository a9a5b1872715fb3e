package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.payload.MalformedAnswerException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.RequestJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a request in JSON from a prompt, and reads it.
 *
 * <p>A body is a request when it begins with a brace and either its Content-Type is JSON, or the object has a member by one
 * of the names of prompt, reference pictures or {@code contents}. From that member on it must be right. Everything else is
 * a prompt, such as a description in JSON of what to draw.
 */
final class JsonBody {

    private static final Set<String> PICTURE_MEMBERS = Set.copyOf(Parameter.REFERENCE_IMAGES.fieldNames());
    private static final Set<String> REQUEST_MEMBERS = requestMembers();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final PayloadStore store;

    JsonBody(PayloadStore store) {
        this.store = store;
    }

    private static Set<String> requestMembers() {
        Set<String> members = new HashSet<>(PICTURE_MEMBERS);
        members.addAll(Parameter.PROMPT.fieldNames());
        members.add(GeminiFields.CONTENTS);
        return members;
    }

    /**
     * Reads text.
     *
     * @return empty if it is no request; else a tree as {@link RequestJson} makes it, whose payloads go with the request
     */
    Optional<ObjectNode> read(String text, String declaredType, ImageRequest.Builder request) throws IOException {
        // Looked at before it is encoded, since most texts are prompts.
        return isBrace(text.chars().filter(JsonBody::isInk).findFirst().orElse(-1), declaredType)
                ? read(PayloadSource.of(text.getBytes(StandardCharsets.UTF_8)), declaredType, request)
                : Optional.empty();
    }

    /** Reads bytes, likewise. */
    Optional<ObjectNode> read(PayloadSource source, String declaredType, Charset charset, ImageRequest.Builder request)
            throws IOException {
        Charset written = withByteOrderMark(source).orElse(charset);
        try (Reader text = new InputStreamReader(source.newInputStream(), written)) {
            int first = text.read();
            while (first >= 0 && !isInk(first)) {
                first = text.read();
            }
            if (!isBrace(first, declaredType)) {
                return Optional.empty();
            }
        }
        if (written.equals(StandardCharsets.UTF_8)) {
            return read(source, declaredType, request);
        }
        Payload utf8 = inUtf8(source, written);
        try {
            return read(utf8, declaredType, request);
        } finally {
            utf8.discard();
        }
    }

    /** Reads what a Java program has in a map, or what a data format made of JSON; always a request. */
    ObjectNode read(Object tree, ImageRequest.Builder request) {
        try {
            Payload json = RequestJson.write(tree, store);
            try {
                return parse(json, request);
            } finally {
                json.discard();
            }
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "the message body, a " + tree.getClass().getName() + ", cannot be read as a JSON object: "
                            + Values.quote(e.getMessage()),
                    e);
        }
    }

    private Optional<ObjectNode> read(PayloadSource utf8, String declaredType, ImageRequest.Builder request)
            throws IOException {
        if (!isJson(declaredType)) {
            try (InputStream in = utf8.newInputStream()) {
                if (!RequestJson.hasAny(in, REQUEST_MEMBERS)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(parse(utf8, request));
    }

    private ObjectNode parse(PayloadSource utf8, ImageRequest.Builder request) throws IOException {
        try (InputStream in = utf8.newInputStream()) {
            ObjectNode tree = RequestJson.read(in, store, PICTURE_MEMBERS);
            request.own(tree);
            return tree;
        } catch (MalformedAnswerException e) {
            throw new InvalidRequestException(
                    "the message body is no JSON object as a request must be: " + Values.quote(e.problem())
                            + ", at byte " + e.position()
                            + (e.where().isEmpty() ? "" : ", in " + Values.quote(e.where())),
                    e);
        }
    }

    private Payload inUtf8(PayloadSource source, Charset charset) throws IOException {
        try (Reader in = new InputStreamReader(source.newInputStream(), charset);
                PayloadStore.Writer bytes = store.newWriter()) {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            in.transferTo(out);
            out.flush();
            return bytes.finish();
        }
    }

    private static boolean isBrace(int first, String declaredType) {
        if (first == '[' && isJson(declaredType)) {
            throw new InvalidRequestException("the message body is a JSON array; a request is one JSON object. Split it"
                    + " first, for example with split().jsonpath(\"$[*]\")");
        }
        return first == '{';
    }

    private static boolean isInk(int character) {
        return !Character.isWhitespace(character) && character != BYTE_ORDER_MARK;
    }

    private static boolean isJson(String mediaType) {
        String type =
                mediaType == null ? "" : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private static Optional<Charset> withByteOrderMark(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            byte[] start = in.readNBytes(2);
            int mark = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | start[1] & 0xff;
            return Optional.ofNullable(Map.of(0xfeff, StandardCharsets.UTF_16, 0xfffe, StandardCharsets.UTF_16)
                    .get(mark));
        }
    }
}
