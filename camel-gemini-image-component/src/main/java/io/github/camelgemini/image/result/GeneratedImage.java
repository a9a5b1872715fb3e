package io.github.camelgemini.image.result;

import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * One picture that a model drew, as the body of a message: a stream that can be read as often as needed, with its type and
 * dimensions read from the bytes. Converts to {@code byte[]}, {@code InputStream}, {@code ByteBuffer}, {@code File},
 * {@code Path}, {@code BufferedImage}, and as {@code String} to a data URI.
 */
public final class GeneratedImage implements StreamCache, PayloadSource {

    private final Payload payload;
    private final ImageInfo info;

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

    /** The spool file that holds the picture, or empty when it is in memory. It goes with the exchange: copy to keep it. */
    public Optional<Path> file() {
        return payload.file();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        payload.writeTo(out);
    }

    @Override
    public void reset() {
        payload.reset();
    }

    @Override
    public GeneratedImage copy(Exchange exchange) throws IOException {
        return new GeneratedImage((Payload) payload.copy(exchange), info);
    }

    @Override
    public boolean inMemory() {
        return payload.inMemory();
    }

    @Override
    public long position() {
        return payload.position();
    }

    void bind(Exchange exchange) {
        payload.bind(exchange);
    }

    void release() {
        payload.close();
    }

    @Override
    public String toString() {
        return mimeType() + " " + width() + "x" + height() + ", " + length() + " bytes";
    }
}
