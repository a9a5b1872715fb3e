package io.github.camelgemini.image.payload;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Converter;

/** Converts a payload to other types that a route asks for, for example to store or send the JSON of a conversation. */
@Converter(generateLoader = true)
public final class PayloadConverter {

    private PayloadConverter() {}

    /** A stream of the bytes. */
    @Converter
    public static InputStream toInputStream(Payload payload) throws IOException {
        return payload.newInputStream();
    }

    /** Copies all bytes into the heap. */
    @Converter
    public static byte[] toByteArray(Payload payload) throws IOException {
        return payload.toByteArray();
    }

    /** A file that exists while it or the payload is reachable. */
    @Converter
    public static File toFile(Payload payload) throws IOException {
        return payload.toFile("json");
    }

    /** A path that exists while it or the payload is reachable. */
    @Converter
    public static Path toPath(Payload payload) throws IOException {
        return payload.toPath("json");
    }

    /** Reads all bytes into the heap, as text in UTF-8. This is the encoding of the JSON of a conversation. */
    @Converter
    public static String toText(Payload payload) throws IOException {
        return new String(toByteArray(payload), StandardCharsets.UTF_8);
    }
}
