package io.github.camelgemini.image.payload;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Converter;

/** What a payload becomes when a route asks for another type, as of the JSON of a conversation that it stores or sends. */
@Converter(generateLoader = true)
public final class PayloadConverter {

    private PayloadConverter() {}

    @Converter
    public static InputStream toInputStream(Payload payload) throws IOException {
        return payload.newInputStream();
    }

    /** All bytes in the heap. */
    @Converter
    public static byte[] toByteArray(Payload payload) throws IOException {
        return payload.toByteArray();
    }

    /** A file that is there as long as it or the payload is reachable. */
    @Converter
    public static File toFile(Payload payload) throws IOException {
        return payload.toFile("json");
    }

    /** A path that is there as long as it or the payload is reachable. */
    @Converter
    public static Path toPath(Payload payload) throws IOException {
        return payload.toPath("json");
    }

    /** All bytes in the heap, as text in UTF-8, which the JSON of a conversation is. */
    @Converter
    public static String toText(Payload payload) throws IOException {
        return new String(toByteArray(payload), StandardCharsets.UTF_8);
    }
}
