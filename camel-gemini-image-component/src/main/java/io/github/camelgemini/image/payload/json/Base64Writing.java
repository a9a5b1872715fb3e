package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import okio.BufferedSink;

/** Writes sources as Base64, block by block. */
final class Base64Writing {

    /** A multiple of three, so that only the last block has padding. */
    private static final int BLOCK = 12 * 1024;

    private final BufferedSink sink;
    private final byte[] block = new byte[BLOCK];
    private final byte[] encoded = new byte[BLOCK / 3 * 4];

    /** Writes any number of sources, one after another, with the same two buffers. */
    Base64Writing(BufferedSink sink) {
        this.sink = sink;
    }

    static long encodedLength(long length) {
        return (length + 2) / 3 * 4;
    }

    /**
     * Writes exactly {@code length} bytes as Base64.
     *
     * @throws SourceException if the source cannot be read, or has another length
     * @throws IOException from the sink
     */
    void encode(PayloadSource source, long length) throws IOException {
        long done = 0;
        try (InputStream in = open(source)) {
            int count = BLOCK;
            while (count == BLOCK) {
                count = read(in, block, source);
                done += count;
                if (done > length) {
                    throw new SourceException("image (" + source + ") has grown beyond its " + length + " bytes", null);
                }
                byte[] plain = count == BLOCK ? block : Arrays.copyOf(block, count);
                sink.write(encoded, 0, Base64.getEncoder().encode(plain, encoded));
            }
        }
        if (done < length) {
            throw new SourceException(
                    "image (" + source + ") ended after " + done + " of its " + length + " bytes", null);
        }
    }

    private static InputStream open(PayloadSource source) throws SourceException {
        try {
            return source.newInputStream();
        } catch (IOException e) {
            throw new SourceException("image (" + source + ") cannot be opened: " + e, e);
        }
    }

    private static int read(InputStream in, byte[] block, PayloadSource source) throws SourceException {
        try {
            return in.readNBytes(block, 0, BLOCK);
        } catch (IOException e) {
            throw new SourceException("image (" + source + ") cannot be read: " + e, e);
        }
    }
}
