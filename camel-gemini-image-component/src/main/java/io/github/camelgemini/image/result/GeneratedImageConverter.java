package io.github.camelgemini.image.result;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.camel.Converter;

/** Converts a generated picture to the type that a route asks for. */
@Converter(generateLoader = true)
public final class GeneratedImageConverter {

    private GeneratedImageConverter() {}

    /** A stream of the picture's bytes. */
    @Converter
    public static InputStream toInputStream(GeneratedImage image) throws IOException {
        return image.newInputStream();
    }

    /** Copies the whole picture into the heap. */
    @Converter
    public static byte[] toByteArray(GeneratedImage image) throws IOException {
        return image.payload().toByteArray();
    }

    /** Copies the whole picture into the heap. */
    @Converter
    public static ByteBuffer toByteBuffer(GeneratedImage image) throws IOException {
        return ByteBuffer.wrap(toByteArray(image));
    }

    /** A path that exists while it or the picture is reachable. */
    @Converter
    public static Path toPath(GeneratedImage image) throws IOException {
        return image.payload().toPath(image.extension());
    }

    /** A file that exists while it or the picture is reachable. */
    @Converter
    public static File toFile(GeneratedImage image) throws IOException {
        return image.payload().toFile(image.extension());
    }

    /**
     * The decoded pixels, upright. They take 3 or 4 bytes each in the heap, 50 MB and more for a 4K picture. If other
     * pictures are being decoded, waits up to 5 minutes for free heap.
     *
     * @throws IOException when it has more pixels than the option {@code maxPixels} allows, or takes more than half of
     *     the heap
     */
    @Converter
    public static BufferedImage toBufferedImage(GeneratedImage image) throws IOException {
        try (DecodingRoom room = DecodingRoom.take(Pixels.heap(image, image.info(), image.maxPixels()))) {
            return Pixels.read(image, image.info(), image.maxPixels());
        }
    }

    /**
     * A data URI such as {@code data:image/jpeg;base64,…}, for HTML and JSON. The whole picture is in the heap twice.
     */
    @Converter
    public static String toDataUri(GeneratedImage image) throws IOException {
        int base64Length = Math.toIntExact((image.length() + 2) / 3 * 4);
        ByteArrayOutputStream uri = new ByteArrayOutputStream(base64Length + 40);
        uri.write(("data:" + image.mimeType() + ";base64,").getBytes(StandardCharsets.ISO_8859_1));
        try (OutputStream base64 = Base64.getEncoder().wrap(uri)) {
            image.writeTo(base64);
        }
        return uri.toString(StandardCharsets.ISO_8859_1);
    }
}
