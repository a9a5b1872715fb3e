package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import jakarta.activation.DataHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * Tells pictures from text in what a message carries. The bytes decide, never the declared type or the file's name: what
 * begins as a picture is a reference picture, what is text is a prompt, anything else is an error.
 */
final class BodyReader {

    /** The longest prompt taken, in bytes; about twice what 131,072 tokens of the largest model can hold. */
    static final int LONGEST_TEXT = 1 << 20;

    private final PayloadStore store;
    private final JsonBody json;

    BodyReader(PayloadStore store) {
        this.store = store;
        this.json = new JsonBody(store);
    }

    /** What a body turned out to be: exactly one of the three is there. */
    record Content(ReferenceImage.Inline picture, String text, ObjectNode fields) {

        private Content(ReferenceImage.Inline picture, String text) {
            this(picture, text, null);
        }
    }

    /**
     * Reads a body that is no list, and so may be a whole request in JSON.
     *
     * @param declaredType the media type that the message claims, or null
     */
    Content readBody(Object body, String declaredType, Charset charset, ImageRequest.Builder request) {
        return body instanceof Map<?, ?> || body instanceof ObjectNode
                ? new Content(null, null, json.read(body, request))
                : read(body, "the message body", declaredType, charset, request, true);
    }

    /**
     * Reads one object.
     *
     * @param name what to call it in an error, such as {@code the message body}
     * @param declaredType the media type that the message claims, or null; only used to explain errors
     */
    Content read(Object value, String name, String declaredType, Charset charset, ImageRequest.Builder request) {
        return read(value, name, declaredType, charset, request, false);
    }

    /**
     * Reads an item of a list. A file is a picture there and nothing else, so that a {@code notes.txt} among the pictures
     * of a folder neither becomes part of the prompt nor is left out without a word.
     */
    Content readItem(Object item, int index, Charset charset, ImageRequest.Builder request) {
        String name = "item " + index + " of the message body";
        String file = fileName(item);
        if (file == null) {
            return read(item, name, null, charset, request);
        }
        String named = name + ", the file '" + Values.quote(file) + "',";
        return picture(item, named, request)
                .map(picture -> new Content(picture, null))
                .orElseThrow(() -> new ReferenceImageException(
                        named + " is no picture of a known type (PNG, JPEG, WebP, HEIC, HEIF);"
                                + " in a list, words are given as String"));
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
                Optional<ObjectNode> fields =
                        mayBeRequest ? json.read(text.toString(), declaredType, request) : Optional.empty();
                return fields.isPresent()
                        ? new Content(null, null, fields.get())
                        : new Content(null, shortEnough(text, name));
            }
            if (value instanceof Reader reader) {
                return read(text(reader, name), name, declaredType, charset, request, mayBeRequest);
            }
            PayloadSource source = source(value, name, request);
            Optional<ImageInfo> info = ImageInfo.read(source);
            if (info.isPresent()) {
                return new Content(new ReferenceImage.Inline(source, info.get()), null);
            }
            if (declaredType != null && declaredType.startsWith("image/")) {
                throw new ReferenceImageException(name + " is declared as " + declaredType
                        + " but its bytes are no picture of a known type" + " (PNG, JPEG, WebP, HEIC, HEIF)");
            }
            Optional<ObjectNode> fields =
                    mayBeRequest ? json.read(source, declaredType, charset, request) : Optional.empty();
            return fields.isPresent()
                    ? new Content(null, null, fields.get())
                    : new Content(null, text(source, name, charset));
        } catch (IOException e) {
            throw new ReferenceImageException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String shortEnough(CharSequence text, String name) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidRequestException(
                    name + " has " + text.length() + " characters; a prompt may have " + LONGEST_TEXT);
        }
        return text.toString();
    }

    /** The picture that an object is, or empty if it is something else. */
    Optional<ReferenceImage.Inline> picture(Object value, String name, ImageRequest.Builder request) {
        try {
            PayloadSource source = source(value, name, request);
            return ImageInfo.read(source).map(info -> new ReferenceImage.Inline(source, info));
        } catch (IOException e) {
            throw new ReferenceImageException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The bytes of an object that is no picture, text as UTF-8. */
    PayloadSource bytes(Object value, String name, ImageRequest.Builder request) throws IOException {
        return value instanceof CharSequence text
                ? PayloadSource.of(text.toString().getBytes(StandardCharsets.UTF_8))
                : source(value, name, request);
    }

    private PayloadSource source(Object value, String name, ImageRequest.Builder request) throws IOException {
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
                    : source(wrapped.getBody(), name, request);
        }
        if (value instanceof File file) {
            return PayloadSource.of(file.toPath());
        }
        if (value instanceof Path path) {
            return PayloadSource.of(path);
        }
        if (value instanceof DataHandler attachment) {
            try (InputStream in = attachment.getInputStream()) {
                return request.own(copy(in));
            }
        }
        // Before InputStream, which Camel's caches are as well: a cache can be rewound for the rest of the route.
        if (value instanceof StreamCache cache) {
            try (PayloadStore.Writer writer = store.newWriter()) {
                cache.writeTo(writer);
                cache.reset();
                return request.own(writer.finish());
            }
        }
        if (value instanceof InputStream in) {
            return request.own(copy(in));
        }
        throw new InvalidRequestException(
                name + " is a " + (value == null ? "null" : value.getClass().getName())
                        + "; text is understood, and a picture as byte[], InputStream, StreamCache, File, Path, file of a Camel"
                        + " component, or a List of those");
    }

    private Payload copy(InputStream in) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter()) {
            in.transferTo(writer);
            return writer.finish();
        }
    }

    private static String text(Reader reader, String name) throws IOException {
        CharBuffer text = CharBuffer.allocate(LONGEST_TEXT + 1);
        while (text.hasRemaining() && reader.read(text) >= 0) {
            // Until it ends or is too long.
        }
        if (!text.hasRemaining()) {
            throw new InvalidRequestException(
                    name + " has more than " + LONGEST_TEXT + " characters; a prompt may have " + LONGEST_TEXT);
        }
        if (reader instanceof StreamCache cache) {
            cache.reset();
        }
        return text.flip().toString();
    }

    private static String text(PayloadSource source, String name, Charset charset) throws IOException {
        if (source.length() > LONGEST_TEXT) {
            throw new InvalidRequestException(name + " has " + source.length()
                    + " bytes and is no picture; a prompt may have " + LONGEST_TEXT + " bytes");
        }
        try (InputStream in = source.newInputStream()) {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ReferenceImageException(
                    name + " is neither a picture of a known type (PNG, JPEG, WebP, HEIC, HEIF) nor text in " + charset,
                    e);
        }
    }
}
