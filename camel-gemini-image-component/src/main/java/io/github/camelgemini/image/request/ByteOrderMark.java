package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The byte order mark at the beginning of a text. It defines the encoding, and is not part of the text.
 *
 * @param charset of the text after it
 * @param length in bytes
 */
record ByteOrderMark(Charset charset, int length) {

    /** The decoded mark. */
    static final char DECODED = '\uFEFF';

    /** UTF-32 comes before UTF-16, whose mark is its beginning. */
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"),
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private static final int LONGEST = 4;

    static Optional<ByteOrderMark> of(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            byte[] start = in.readNBytes(LONGEST);
            return CHARSETS.stream()
                    .map(charset -> new ByteOrderMark(charset, encoded(charset).length))
                    .filter(mark -> mark.begins(start))
                    .findFirst();
        }
    }

    private static byte[] encoded(Charset charset) {
        return String.valueOf(DECODED).getBytes(charset);
    }

    private boolean begins(byte[] start) {
        byte[] mark = encoded(charset);
        for (int i = 0; i < mark.length; i++) {
            if (i >= start.length || start[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
