package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import okio.BufferedSink;

/** Writes the Base64 of a source block by block. */
final class Base64Writing {

    /** A multiple of three, so that only the last block has padding. */
    private static final int BLOCK = 12 * 1024;

    private Base64Writing() {}

    static long encodedLength(long length) {
        return (length + 2) / 3 * 4;
    }

    /**
     * Writes exactly {@code length} bytes as Base64.
     *
     * @throws IOException if the source has fewer or more
     */
    static void encode(PayloadSource source, long length, BufferedSink sink) throws IOException {
        byte[] block = new byte[BLOCK];
        byte[] encoded = new byte[BLOCK / 3 * 4];
        long done = 0;
        try (InputStream in = source.newInputStream()) {
            int count = BLOCK;
            while (count == BLOCK) {
                count = in.readNBytes(block, 0, BLOCK);
                done += count;
                if (done > length) {
                    throw new IOException("Picture (" + source + ") has grown beyond its " + length + " bytes");
                }
                byte[] plain = count == BLOCK ? block : Arrays.copyOf(block, count);
                sink.write(encoded, 0, Base64.getEncoder().encode(plain, encoded));
            }
        }
        if (done < length) {
            throw new IOException("Picture (" + source + ") ended after " + done + " of its " + length + " bytes");
        }
    }
}
