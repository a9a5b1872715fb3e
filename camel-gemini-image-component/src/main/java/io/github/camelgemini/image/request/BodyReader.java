package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import jakarta.activation.DataHandler;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * Separates pictures from text in a message. The bytes decide, never the declared type or the file name. What begins
 * like a picture is a reference image, text is a prompt, and anything else is an error.
 */
final class BodyReader {

    /** The character that a decoder uses for invalid bytes. */
    private static final char REPLACEMENT = '\uFFFD';

    private final PayloadStore store;
    private final Intake intake;
    private final JsonBody json;

    BodyReader(PayloadStore store, InputLimits limits) {
        this.store = store;
        this.intake = new Intake(store, limits);
        this.json = new JsonBody(store, intake);
    }

    JsonBody json() {
        return json;
    }

    /** The content of a body. One of the three is set, or none for an empty body. */
    record Content(ReferenceImage.Inline picture, String text, ObjectNode fields) {

        private static final Content EMPTY = new Content(null, null, null);

        private Content(ReferenceImage.Inline picture, String text) {
            this(picture, text, null);
        }

        boolean isEmpty() {
            return picture == null && text == null && fields == null;
        }
    }

    /**
     * Reads a body that is not a list, and may be a whole request in JSON.
     *
     * @param declaredType the media type that the message declares, or null
     * @return nothing set if there are no bytes
     */
    Content readBody(Object body, String declaredType, Charset charset, ImageRequest.Builder request) {
        if (body instanceof RequestTree tree) {
            try {
                json.openEnvelopes(tree.fields(), request);
                return new Content(null, null, tree.fields());
            } catch (IOException e) {
                throw LocalStorageException.or(
                        e, () -> new InvalidRequestException("the message body cannot be read: " + e.getMessage(), e));
            }
        }
        return body instanceof Map<?, ?> || body instanceof ObjectNode
                ? new Content(null, null, json.read(body, request))
                : read(body, "the message body", declaredType, charset, request, true);
    }

    /**
     * Reads one object.
     *
     * @param name for errors, such as {@code the message body}
     * @param declaredType the media type that the message declares, or null; only used to explain errors
     */
    Content read(Object value, String name, String declaredType, Charset charset, ImageRequest.Builder request) {
        Content content = read(value, name, declaredType, charset, request, false);
        if (content.isEmpty()) {
            throw empty(name);
        }
        return content;
    }

    /** The error for missing bytes. */
    static ReferenceImageException empty(String name) {
        return new ReferenceImageException(
                name + " is empty: it has 0 bytes. A stream can be read only once. If an earlier step or"
                        + " attempt read it, enable stream caching");
    }

    /**
     * Reads an item of a list. A file in a list must be a picture. So a {@code notes.txt} among the pictures of a
     * folder is an error; it is neither added to the prompt nor silently skipped.
     */
    Content readItem(Object item, int index, Charset charset, ImageRequest.Builder request) {
        String name = "item " + index + " of the message body";
        String file = fileName(item);
        if (file == null) {
            return read(item, name, null, charset, request);
        }
        String named = name + ", the file '" + Values.quote(file) + "',";
        return picture(item, named, true, request)
                .map(picture -> new Content(picture, null))
                .orElseThrow(() -> new ReferenceImageException(
                        named + " is not an image of a known type (PNG, JPEG, WebP, HEIC, HEIF);"
                                + " in a list, give text as String"));
    }

    private static String fileName(Object item) {
        Object file = item instanceof WrappedFile<?> wrapped ? wrapped.getFile() : item;
        if (file instanceof File local) {
            return local.getName();
        }
        if (file instanceof Path path) {
            return String.valueOf(path.getFileName());
        }
        return item instanceof WrappedFile<?> ? item.toString() : null;
    }

    private Content read(
            Object value,
            String name,
            String declaredType,
            Charset charset,
            ImageRequest.Builder request,
            boolean mayBeRequest) {
        try {
            if (value instanceof CharSequence text) {
                return words(text.toString(), name, declaredType, request, mayBeRequest);
            }
            if (value instanceof Reader reader) {
                return intake.inTime(
                        reader, name, request, () -> read(reader, name, declaredType, request, mayBeRequest));
            }
            PayloadSource source = source(value, name, request);
            if (source.length() == 0) {
                return Content.EMPTY;
            }
            Optional<ReferenceImage.Inline> picture = whole(source, name);
            if (picture.isPresent()) {
                return new Content(picture.get(), null);
            }
            Charset written =
                    ByteOrderMark.of(source).map(ByteOrderMark::charset).orElse(charset);
            try (Reader text = new BufferedReader(new InputStreamReader(source.newInputStream(), written))) {
                Optional<Content> drawn = picture(text, name, declaredType, request);
                if (drawn.isPresent()) {
                    return drawn.get();
                }
            }
            if (isPicture(declaredType)) {
                throw new ReferenceImageException(name + " is declared as " + declaredType
                        + " but its bytes are not an image of a known type" + " (PNG, JPEG, WebP, HEIC, HEIF)");
            }
            Optional<JsonNode> json =
                    mayBeRequest ? this.json.read(source, declaredType, charset, request) : Optional.empty();
            return json.isPresent()
                    ? ofJson(json.get(), name, request)
                    : new Content(null, text(source, name, charset));
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new ReferenceImageException(name + " cannot be read: " + e.getMessage(), e));
        }
    }

    private Content read(
            Reader reader, String name, String declaredType, ImageRequest.Builder request, boolean mayBeRequest)
            throws IOException {
        Reader buffered = new BufferedReader(reader);
        Optional<Content> drawn = picture(buffered, name, declaredType, request);
        String text = drawn.isPresent() ? "" : text(buffered, name);
        if (reader instanceof StreamCache cache) {
            cache.reset();
        }
        if (drawn.isPresent()) {
            return drawn.get();
        }
        return text.isEmpty() ? Content.EMPTY : words(text, name, declaredType, request, mayBeRequest);
    }

    private Content words(
            String text, String name, String declaredType, ImageRequest.Builder request, boolean mayBeRequest)
            throws IOException {
        Optional<Content> drawn = picture(new StringReader(text), name, declaredType, request);
        if (drawn.isPresent()) {
            return drawn.get();
        }
        if (isPicture(declaredType) && isNoProse(text)) {
            throw new ReferenceImageException(name + " is text, but declared as " + declaredType
                    + " and is neither Base64 nor a data URI. Give the image as bytes. A conversion to String destroys"
                    + " it");
        }
        Optional<JsonNode> json = mayBeRequest ? this.json.read(text, declaredType, request) : Optional.empty();
        return json.isPresent() ? ofJson(json.get(), name, request) : new Content(null, shortEnough(text, name));
    }

    private Content ofJson(JsonNode json, String name, ImageRequest.Builder request) throws IOException {
        if (json instanceof ObjectNode fields) {
            return new Content(null, null, fields);
        }
        Optional<Content> drawn = picture(new StringReader(json.asText()), name, null, request);
        return drawn.isPresent() ? drawn.get() : new Content(null, json.asText());
    }

    /** The picture in a text: a data URI or, if it is declared as a picture, Base64. */
    private Optional<Content> picture(Reader text, String name, String declaredType, ImageRequest.Builder request)
            throws IOException {
        Optional<InputStream> decoded = PictureText.decoded(text, name, isPicture(declaredType));
        if (decoded.isEmpty()) {
            return Optional.empty();
        }
        PayloadSource bytes = source(decoded.get(), name, request);
        PictureText.checkEnd(text);
        ReferenceImage.Inline picture = whole(bytes, name)
                .orElseThrow(() -> new ReferenceImageException(
                        name + " is Base64, but not of an image of a known type (PNG, JPEG, WebP, HEIC, HEIF)"));
        return Optional.of(new Content(picture, null));
    }

    private static boolean isPicture(String declaredType) {
        return declaredType != null && declaredType.strip().regionMatches(true, 0, "image/", 0, "image/".length());
    }

    /**
     * Whether a text is damaged picture data, or an SVG drawing. A prompt is neither; it may have the declared type of
     * a picture that an earlier step has made.
     */
    private static boolean isNoProse(String text) {
        return text.stripLeading().startsWith("<")
                || text.chars()
                        .anyMatch(c -> c == REPLACEMENT || Character.isISOControl(c) && !Character.isWhitespace(c));
    }

    /**
     * The picture in the bytes, or the PDF or video, which some models accept as context.
     *
     * @return empty if they are something else
     * @throws ReferenceImageException if they begin like a picture, but are incomplete
     */
    static Optional<ReferenceImage.Inline> whole(PayloadSource source, String name) throws IOException {
        Optional<ImageInfo> picture = read(source);
        Optional<ImageInfo> info = picture.isPresent() ? picture : ImageInfo.ofMedia(source);
        if (info.isEmpty()) {
            ImageInfo.beginsLike(source).ifPresent(format -> {
                throw new ReferenceImageException(name + " begins like " + format + ", but is damaged or truncated: "
                        + length(source) + " without a readable image");
            });
            return Optional.empty();
        }
        if (!info.get().isWhole(source)) {
            String pixels = info.get().width() + "x" + info.get().height() + " pixels";
            throw new ReferenceImageException(name + " is truncated: " + length(source) + " of "
                    + (info.get().isPicture() ? "an image with " + pixels + " in " : "")
                    + info.get().mimeType() + "; the end is missing");
        }
        return Optional.of(new ReferenceImage.Inline(source, info.get()));
    }

    /** Does the same as {@link #whole}, and also accepts an incomplete picture. */
    static Optional<ReferenceImage.Inline> anyhow(PayloadSource source) throws IOException {
        Optional<ImageInfo> picture = read(source);
        Optional<ImageInfo> info = picture.isPresent() ? picture : ImageInfo.ofMedia(source);
        return info.map(found -> new ReferenceImage.Inline(source, found));
    }

    private static Optional<ImageInfo> read(PayloadSource source) throws IOException {
        try {
            return ImageInfo.read(source);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String length(PayloadSource source) {
        try {
            return source.length() + " bytes";
        } catch (IOException e) {
            return "bytes";
        }
    }

    private static String shortEnough(CharSequence text, String name) {
        if (text.length() > Values.LONGEST_TEXT) {
            throw new InvalidRequestException(
                    name + " has " + text.length() + " characters; a prompt may have at most " + Values.LONGEST_TEXT);
        }
        return Values.withoutMark(text.toString());
    }

    /**
     * The picture in an object, or empty if it is something else.
     *
     * @param mustBeThere whether missing bytes are an error
     */
    Optional<ReferenceImage.Inline> picture(
            Object value, String name, boolean mustBeThere, ImageRequest.Builder request) {
        try {
            PayloadSource source = source(value, name, request);
            if (mustBeThere && source.length() == 0) {
                throw empty(name);
            }
            return whole(source, name);
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new ReferenceImageException(name + " cannot be read: " + e.getMessage(), e));
        }
    }

    /** The bytes of an object that is not a picture; text as UTF-8. */
    PayloadSource bytes(Object value, String name, ImageRequest.Builder request) throws IOException {
        Object read = value instanceof Reader reader
                ? intake.inTime(reader, name, request, () -> wholeText(reader, name))
                : value;
        if (read instanceof Map<?, ?> || read instanceof Collection<?>) {
            return request.own(intake.json(read, name, request));
        }
        return read instanceof CharSequence text ? Values.utf8(text.toString(), name) : source(read, name, request);
    }

    /**
     * Replaces bytes and characters in a value, a collection or a map by text. The encoding is UTF-8, unless a byte
     * order mark says otherwise.
     */
    Object asText(Object value, String name, ImageRequest.Builder request) {
        if (value instanceof Collection<?> items) {
            List<Object> all = new ArrayList<>();
            items.forEach(item -> all.add(asText(item, name, request)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, entry) -> all.put(key, asText(entry, name, request)));
            return all;
        }
        return MessageValues.isContent(value) ? pictureOrText(value, name, request) : value;
    }

    /** The bytes of a picture as {@link PayloadSource}, or the object as text. */
    Object pictureOrText(Object value, String name, ImageRequest.Builder request) {
        try {
            PayloadSource bytes = bytes(value, name, request);
            boolean text = ImageInfo.beginsLike(bytes).isEmpty()
                    && ImageInfo.ofMedia(bytes).isEmpty();
            return text ? text(bytes, name, StandardCharsets.UTF_8) : bytes;
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new InvalidRequestException(name + " cannot be read: " + e.getMessage(), e));
        }
    }

    PayloadSource source(Object value, String name, ImageRequest.Builder request) throws IOException {
        PayloadSource source = anySource(value, name, request);
        intake.check(source.length(), name);
        return source;
    }

    private PayloadSource anySource(Object value, String name, ImageRequest.Builder request) throws IOException {
        if (value instanceof PayloadSource source) {
            return source;
        }
        if (value instanceof byte[] bytes) {
            return PayloadSource.of(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return PayloadSource.of(bytes);
        }
        if (value instanceof WrappedFile<?> wrapped) {
            return wrapped.getFile() instanceof File file
                    ? PayloadSource.of(file.toPath())
                    : anySource(wrapped.getBody(), name, request);
        }
        if (value instanceof File file) {
            return PayloadSource.of(file.toPath());
        }
        if (value instanceof Path path) {
            return PayloadSource.of(path);
        }
        if (value instanceof DataHandler attachment) {
            try (InputStream in = attachment.getInputStream()) {
                return request.own(intake.copy(in, name, request));
            }
        }
        // Must come before InputStream, which Camel's caches are as well: a cache can be rewound for the rest of the
        // route.
        if (value instanceof StreamCache cache) {
            Payload copy = request.own(intake.copy(cache, name, request));
            cache.reset();
            return copy;
        }
        if (value instanceof InputStream in) {
            return request.own(intake.copy(in, name, request));
        }
        throw new InvalidRequestException(
                name + " is a " + (value == null ? "null" : value.getClass().getName())
                        + ". It must be text, an image as byte[], InputStream, StreamCache, File, Path or file of a Camel"
                        + " component, or a List of these");
    }

    private static String wholeText(Reader reader, String name) throws IOException {
        String text = text(reader, name);
        if (reader instanceof StreamCache cache) {
            cache.reset();
        }
        return text;
    }

    private static String text(Reader reader, String name) throws IOException {
        CharBuffer text = CharBuffer.allocate(Values.LONGEST_TEXT + 1);
        while (text.hasRemaining() && reader.read(text) >= 0) {
            // Until it ends or is too long.
        }
        if (!text.hasRemaining()) {
            throw new InvalidRequestException(name + " has more than " + Values.LONGEST_TEXT
                    + " characters; a prompt may have at most " + Values.LONGEST_TEXT);
        }
        return text.flip().toString();
    }

    private static String text(PayloadSource source, String name, Charset charset) throws IOException {
        if (source.length() > Values.LONGEST_TEXT) {
            throw new InvalidRequestException(name + " has " + source.length()
                    + " bytes and is not an image; a prompt may have at most " + Values.LONGEST_TEXT + " bytes");
        }
        Optional<ByteOrderMark> mark = ByteOrderMark.of(source);
        Charset written = mark.map(ByteOrderMark::charset).orElse(charset);
        String text;
        try (InputStream in = source.newInputStream()) {
            in.skipNBytes(mark.map(ByteOrderMark::length).orElse(0));
            text = written.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ReferenceImageException(
                    name + " is neither an image of a known type (PNG, JPEG, WebP, HEIC, HEIF) nor text in " + written,
                    e);
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidRequestException(name + " contains zero bytes, which text in " + written
                    + " never has. For UTF-16, add a byte order mark, or set the charset in Content-Type");
        }
        return text;
    }
}
