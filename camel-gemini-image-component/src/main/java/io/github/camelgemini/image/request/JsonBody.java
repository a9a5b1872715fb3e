package io.github.camelgemini.image.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.payload.json.MalformedAnswerException;
import io.github.camelgemini.image.payload.json.RequestJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides whether a body is a request in JSON or a prompt, and reads a request.
 *
 * <p>A body is a request if it begins with a brace and one of the following is true:
 *
 * <ul>
 * <li>Its Content-Type is JSON.
 * <li>It has a member for the prompt, the reference images or {@code contents}, in any case.
 * <li>It has the envelope of another service, such as {@code input}, with such an object, directly or as a string.
 * <li>All its members are names of parameters.
 * </ul>
 *
 * <p>Invalid JSON after such a member is an error. Everything else is a prompt, for example a JSON description of the
 * picture. An array of requests is an error, since its text would become the prompt. If the Content-Type is JSON, a
 * string is the prompt, or contains the request.
 */
final class JsonBody {

    /** The envelopes of other services. */
    static final Set<String> ENVELOPES = anyCase(List.of("input", "payload"));

    /** The key of a request in a batch. */
    static final String KEY = "key";

    static final String REQUEST = "request";
    /** The field with the key of a request in Google's own batch format. */
    static final String METADATA = "metadata";

    static final Set<String> PICTURE_MEMBERS = anyCase(Parameter.REFERENCE_IMAGES.fieldNames());
    static final Set<String> REQUEST_MEMBERS = anyCase(Stream.of(
                    Parameter.REFERENCE_IMAGES.fieldNames(),
                    Parameter.PROMPT.fieldNames(),
                    List.of(GeminiFields.CONTENTS))
            .flatMap(List::stream)
            .toList());

    /** An object with these members alone is a request too; its prompt comes from a header or an option. */
    static final Set<String> KNOWN_MEMBERS = anyCase(Stream.concat(
                    Parameter.ALL.stream().flatMap(parameter -> parameter.fieldNames().stream()),
                    GeminiFields.MEMBERS.stream())
            .toList());

    static final Set<String> ENVELOPES_OF_BATCH =
            anyCase(Stream.concat(ENVELOPES.stream(), Stream.of(REQUEST)).toList());
    private static final Set<String> KNOWN_IN_BATCH = anyCase(
            Stream.concat(KNOWN_MEMBERS.stream(), Stream.of(KEY, METADATA)).toList());

    private static final String BODY = "the message body";

    private static final ObjectMapper STRINGS = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Values.LONGEST_TEXT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The longest text, with every character as an escape of six, in two bytes each. */
    private static final long LONGEST_STRING = 12L * Values.LONGEST_TEXT;

    private final PayloadStore store;
    private final Intake intake;

    JsonBody(PayloadStore store, Intake intake) {
        this.store = store;
        this.intake = intake;
    }

    private static Set<String> anyCase(Collection<String> names) {
        Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        members.addAll(names);
        return Collections.unmodifiableSet(members);
    }

    /**
     * Reads text.
     *
     * @return empty for text that is not JSON; an object from {@link RequestJson}, whose payloads belong to the
     *     request; or a string
     */
    Optional<JsonNode> read(String text, String declaredType, ImageRequest.Builder request) throws IOException {
        // Checked before the text is encoded, since most texts are prompts.
        int first = firstInk(text);
        if (first == '"' && isJson(declaredType)) {
            return string(text, request);
        }
        return mayBegin(first) ? read(Values.utf8(text, BODY), first, declaredType, request) : Optional.empty();
    }

    /** Whether an object in UTF-8 is a request that may have a key. */
    static boolean isRequestOfBatch(InputStream json) throws IOException {
        return RequestJson.isRequest(json, REQUEST_MEMBERS, KNOWN_IN_BATCH, ENVELOPES_OF_BATCH);
    }

    /**
     * Reads an object as a request that may have a key, whatever its members are.
     *
     * @return a tree; the caller discards its payloads
     */
    ObjectNode readItem(InputStream json) throws IOException {
        try {
            return RequestJson.read(json, store, PICTURE_MEMBERS, ENVELOPES_OF_BATCH);
        } catch (MalformedAnswerException e) {
            throw malformed("it", e);
        }
    }

    /** The text of a JSON string. */
    static String text(byte[] string) throws IOException {
        try {
            return STRINGS.readTree(string).asText();
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("it is not a JSON string: " + Values.quote(e.getOriginalMessage()), e);
        }
    }

    /** Reads bytes in the same way. */
    Optional<JsonNode> read(PayloadSource source, String declaredType, Charset charset, ImageRequest.Builder request)
            throws IOException {
        Charset written = ByteOrderMark.of(source).map(ByteOrderMark::charset).orElse(charset);
        int first;
        try (Reader text = new InputStreamReader(source.newInputStream(), written)) {
            first = text.read();
            while (first >= 0 && !isInk(first)) {
                first = text.read();
            }
            if (first == '"' && isJson(declaredType) && source.length() <= LONGEST_STRING) {
                StringWriter whole = new StringWriter();
                whole.write(first);
                text.transferTo(whole);
                return string(whole.toString(), request);
            }
            if (!mayBegin(first)) {
                return Optional.empty();
            }
        }
        if (written.equals(StandardCharsets.UTF_8)) {
            return read(source, first, declaredType, request);
        }
        Payload utf8 = inUtf8(source, written);
        try {
            return read(utf8, first, declaredType, request);
        } finally {
            utf8.discard();
        }
    }

    /**
     * The content of a JSON string: text, or JSON that was encoded twice. Text in quotes that is not a JSON string
     * stays unchanged.
     */
    private Optional<JsonNode> string(String json, ImageRequest.Builder request) throws IOException {
        JsonNode string;
        try {
            string = STRINGS.readTree(json.replaceFirst("^" + ByteOrderMark.DECODED, ""));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        Optional<JsonNode> within = read(string.asText(), null, request);
        return within.isPresent() ? within : Optional.of(string);
    }

    /** Reads a map, or the JSON tree of a data format, as a request. */
    ObjectNode read(Object tree, ImageRequest.Builder request) {
        try {
            Payload json = intake.json(tree, BODY, request);
            try {
                return parse(json, request);
            } finally {
                json.discard();
            }
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e,
                    () -> new InvalidRequestException(
                            "the message body, a " + tree.getClass().getName() + ", cannot be read as a JSON object: "
                                    + Values.quote(e.getMessage()),
                            e));
        }
    }

    private Optional<JsonNode> read(PayloadSource utf8, int first, String declaredType, ImageRequest.Builder request)
            throws IOException {
        if (!isJson(declaredType)) {
            try (InputStream in = utf8.newInputStream()) {
                if (!RequestJson.isRequest(in, REQUEST_MEMBERS, KNOWN_MEMBERS, ENVELOPES)) {
                    return Optional.empty();
                }
            }
        }
        if (first == '[') {
            throw new InvalidRequestException(
                    "the message body is a JSON array, but a request is one JSON object. Split the array"
                            + " first, for example with split().jsonpath(\"$[*]\")");
        }
        return Optional.of(parse(utf8, request));
    }

    private ObjectNode parse(PayloadSource utf8, ImageRequest.Builder request) throws IOException {
        try (InputStream in = utf8.newInputStream()) {
            ObjectNode tree = RequestJson.read(in, store, PICTURE_MEMBERS, ENVELOPES);
            request.own(tree);
            openEnvelopes(tree, request);
            return tree;
        } catch (MalformedAnswerException e) {
            throw malformed(BODY, e);
        }
    }

    private static InvalidRequestException malformed(String what, MalformedAnswerException e) {
        return new InvalidRequestException(
                what + " must be a JSON object: " + Values.quote(e.problem()) + ", at byte "
                        + e.position()
                        + (e.where().isEmpty() ? "" : ", in " + Values.quote(e.where())),
                e);
    }

    /** Opens envelopes, which may contain JSON that was encoded twice. */
    void openEnvelopes(ObjectNode tree, ImageRequest.Builder request) throws IOException {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String text = tree.path(name).asText();
            if (ENVELOPES.contains(name) && mayBegin(firstInk(text))) {
                Optional<JsonNode> within = read(text, null, request);
                if (within.isPresent()) {
                    tree.set(name, within.get());
                }
            }
        }
    }

    private Payload inUtf8(PayloadSource source, Charset charset) throws IOException {
        // A decoder of its own reports invalid bytes; the charset would replace them by question marks.
        try (Reader in = new InputStreamReader(source.newInputStream(), charset.newDecoder());
                PayloadStore.Writer bytes = store.newWriter()) {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            in.transferTo(out);
            out.flush();
            return bytes.finish();
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(BODY + " is not text in " + charset, e);
        }
    }

    private static boolean mayBegin(int first) {
        return first == '{' || first == '[';
    }

    /** The first character that is not white space; -1 if there is none. */
    static int firstInk(CharSequence text) {
        return text.chars().filter(JsonBody::isInk).findFirst().orElse(-1);
    }

    static boolean isInk(int character) {
        return !Character.isWhitespace(character) && character != ByteOrderMark.DECODED;
    }

    static boolean isJson(String mediaType) {
        String type =
                mediaType == null ? "" : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }
}
