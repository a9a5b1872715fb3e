package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What stands before a text and says how it is encoded; it is no part of the text.
 *
 * @param charset of the text behind it
 * @param length in bytes
 */
record ByteOrderMark(Charset charset, int length) {

    /** The mark once it is decoded. */
    static final char DECODED = '\uFEFF';

    /** UTF-32 before UTF-16, whose mark it begins with. */
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
