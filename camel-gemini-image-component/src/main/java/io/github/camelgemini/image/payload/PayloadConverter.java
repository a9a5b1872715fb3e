package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;

/** What a payload becomes when a route asks for another type of body; as text it is JSON, which is in UTF-8. */
@Converter(generateLoader = true)
public final class PayloadConverter {

    private PayloadConverter() {}

    @Converter
    public static InputStream toInputStream(Payload payload) throws IOException {
        return payload.newInputStream();
    }

    /** All of it in the heap. */
    @Converter
    public static byte[] toByteArray(Payload payload) throws IOException {
        try (InputStream in = payload.newInputStream()) {
            return in.readAllBytes();
        }
    }

    /** All of it in the heap, twice. */
    @Converter
    public static String toString(Payload payload) throws IOException {
        return new String(toByteArray(payload), StandardCharsets.UTF_8);
    }
}
