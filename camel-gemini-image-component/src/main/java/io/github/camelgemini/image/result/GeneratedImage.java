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
 * One picture that a model drew, as the body of a message: a stream that can be read as often as needed and for as long as the
 * picture is reachable, with its type and dimensions read from the bytes. Converts to {@code byte[]}, {@code InputStream}, {@code ByteBuffer}, {@code File},
 * {@code Path}, {@code BufferedImage}, and as {@code String} to a data URI. Java serializes
 * it as its bytes, a {@code byte[]}.
 */
public final class GeneratedImage implements StreamCache, PayloadSource, Serializable {

    /** Where nobody says more or less, it is decoded up to this: more than any model draws (12288×1536 and 8192×2048). */
    public static final long MAX_PIXELS = 64L << 20;

    private static final long serialVersionUID = 1L;

    private final Payload payload;
    private final transient ImageInfo info;
    private transient volatile long maxPixels = MAX_PIXELS;

    public GeneratedImage(Payload payload, ImageInfo info) {
        this.payload = payload;
        this.info = info;
    }

    /** The media type by the bytes: {@code image/jpeg}, {@code image/png}, … */
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

    /** All of that at once. */
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

    /** This picture, which neither changes nor has a position. */
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

    /** It is not decoded when it has more pixels. */
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
