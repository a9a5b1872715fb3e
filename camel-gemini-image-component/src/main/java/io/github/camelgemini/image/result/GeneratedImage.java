package io.github.camelgemini.image.result;

import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * A generated picture, as the body of a message. It is a stream that can be read repeatedly, while the picture is
 * reachable. Type and dimensions are read from the bytes. Converts to {@code byte[]}, {@code InputStream}, {@code
 * ByteBuffer}, {@code File}, {@code Path} and {@code BufferedImage}, and as {@code String} to a data URI. Java
 * serialization turns it into a {@code byte[]}.
 */
public final class GeneratedImage implements StreamCache, PayloadSource, Serializable {

    /** The default limit for decoding, in pixels: more than any model makes (12288×1536 and 8192×2048). */
    public static final long MAX_PIXELS = 64L << 20;

    private static final long serialVersionUID = 1L;

    private final Payload payload;
    private final transient ImageInfo info;
    private transient volatile long maxPixels = MAX_PIXELS;

    /**
     * A picture.
     *
     * @param payload its bytes
     * @param info type and dimensions, read from the bytes
     */
    public GeneratedImage(Payload payload, ImageInfo info) {
        this.payload = payload;
        this.info = info;
    }

    /** The media type, read from the bytes: {@code image/jpeg}, {@code image/png}, … */
    public String mimeType() {
        return info.mimeType();
    }

    /** Width in pixels. */
    public int width() {
        return info.width();
    }

    /** Height in pixels. */
    public int height() {
        return info.height();
    }

    /** Type and dimensions. */
    public ImageInfo info() {
        return info;
    }

    /** The usual file name extension without a dot: {@code jpg}, {@code png}, … */
    public String extension() {
        return info.extension();
    }

    /** Size in bytes. */
    @Override
    public long length() {
        return payload.length();
    }

    @Override
    public InputStream newInputStream() throws IOException {
        return payload.newInputStream();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        payload.writeTo(out);
    }

    @Override
    public void reset() {
        payload.reset();
    }

    /** Gives this picture, because it is immutable and has no position. */
    @Override
    public GeneratedImage copy(Exchange exchange) {
        return this;
    }

    @Override
    public boolean inMemory() {
        return payload.inMemory();
    }

    @Override
    public long position() {
        return payload.position();
    }

    /** Sets the largest number of pixels up to which it is decoded. */
    GeneratedImage decodedUpTo(long pixels) {
        maxPixels = pixels;
        return this;
    }

    long maxPixels() {
        return maxPixels;
    }

    Payload payload() {
        return payload;
    }

    /** See {@link Payload#handOut}. */
    public GeneratedImage handOut() {
        payload.handOut();
        return this;
    }

    /** See {@link Payload#discard}. */
    public void discard() {
        payload.discard();
    }

    private Object writeReplace() {
        return payload;
    }

    @Override
    public String toString() {
        return mimeType() + " " + width() + "x" + height() + ", " + length() + " bytes";
    }
}
