package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;

/**
 * A JSON request into which pictures are streamed as Base64 while it is sent. Uses constant memory, and can be sent
 * repeatedly.
 *
 * <p>The JSON itself is small: it contains the Base64 of a {@link Handle} in place of each picture. It may contain a
 * picture more than once. The lengths of the sources are read once, when the body is created, and give its exact {@link
 * #contentLength()}. Sending fails if a source has another length then.
 */
public final class PayloadRequestBody extends RequestBody {

    private final MediaType contentType;
    private final List<Part> parts;
    private final long length;

    /**
     * @param contentType as of the request it replaces, may be {@code null}
     * @param json the JSON with a handle for each picture, as a whole string or after the prefix of a data URI
     * @param pictures the picture for each handle
     * @throws SourceException if the length of a source cannot be read
     * @throws IllegalArgumentException if a handle is not in the JSON, because its picture would not be sent
     */
    public PayloadRequestBody(MediaType contentType, String json, Map<Handle, ? extends PayloadSource> pictures)
            throws IOException {
        this.contentType = contentType;
        this.parts = parts(json, pictures);
        this.length = parts.stream().mapToLong(Part::length).sum();
    }

    @Override
    public MediaType contentType() {
        return contentType;
    }

    @Override
    public long contentLength() {
        return length;
    }

    /**
     * @throws SourceException if a source cannot be read, or its length has changed
     * @throws IOException from the connection
     */
    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        Base64Writing base64 = new Base64Writing(sink);
        for (Part part : parts) {
            part.writeTo(sink, base64);
        }
    }

    private sealed interface Part permits Json, EncodedPicture {

        long length();

        void writeTo(BufferedSink sink, Base64Writing base64) throws IOException;
    }

    private record Json(ByteString text) implements Part {

        @Override
        public long length() {
            return text.size();
        }

        @Override
        public void writeTo(BufferedSink sink, Base64Writing base64) throws IOException {
            sink.write(text);
        }
    }

    private record EncodedPicture(PayloadSource source, long decodedLength) implements Part {

        @Override
        public long length() {
            return Base64Writing.encodedLength(decodedLength);
        }

        @Override
        public void writeTo(BufferedSink sink, Base64Writing base64) throws IOException {
            base64.encode(source, decodedLength);
        }
    }

    private static List<Part> parts(String json, Map<Handle, ? extends PayloadSource> pictures) throws IOException {
        Map<Integer, EncodedPicture> places = new TreeMap<>();
        for (Map.Entry<Handle, ? extends PayloadSource> entry : pictures.entrySet()) {
            PayloadSource source = entry.getValue();
            findAll(json, entry.getKey(), new EncodedPicture(source, length(source)), places);
        }
        List<Part> parts = new ArrayList<>();
        int done = 0;
        for (Map.Entry<Integer, EncodedPicture> place : places.entrySet()) {
            parts.add(text(json, done, place.getKey()));
            parts.add(place.getValue());
            done = place.getKey() + Handle.BASE64_LENGTH;
        }
        parts.add(text(json, done, json.length()));
        return parts;
    }

    private static long length(PayloadSource source) throws SourceException {
        try {
            return source.length();
        } catch (IOException e) {
            throw new SourceException("image (" + source + ") cannot be read: " + e, e);
        }
    }

    private static void findAll(
            String json, Handle handle, EncodedPicture picture, Map<Integer, EncodedPicture> places) {
        String value = handle.base64() + '"';
        int at = json.indexOf(value);
        if (at < 0) {
            throw new IllegalArgumentException("An image (" + picture.source() + ") has no place in the request");
        }
        for (; at >= 0; at = json.indexOf(value, at + value.length())) {
            places.put(at, picture);
        }
    }

    private static Json text(String json, int from, int to) {
        return new Json(ByteString.encodeUtf8(json.substring(from, to)));
    }
}
