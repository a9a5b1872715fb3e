package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body that is a picture written as text: a data URI, as a browser's {@code canvas.toDataURL()} makes it, or bare Base64
 * that is declared as a picture. It is decoded as it is read.
 */
final class PictureText {

    private static final int HEAD = 256;

    private static final Pattern DATA_URI = Pattern.compile(
            "[\\s\uFEFF]*data:(?:image/|video/|application/(?:pdf|octet-stream)|;\\s*base64\\s*,)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA_HEAD =
            Pattern.compile("[\\s\uFEFF]*data:[^,]*;\\s*base64\\s*,", Pattern.CASE_INSENSITIVE);
    private static final Pattern BASE64 = Pattern.compile("[\\s\uFEFF]*[A-Za-z0-9+/_\\-\\r\\n]{32,}={0,2}\\s*");

    private PictureText() {}

    /**
     * The bytes of a picture that is written as text.
     *
     * @param text must support {@link Reader#mark}; it is where it was if this is no picture
     * @param declared whether it is said to be a picture, so that Base64 alone is one
     * @return empty for anything else; a stream that fails where the Base64 is wrong
     */
    static Optional<InputStream> decoded(Reader text, String name, boolean declared) throws IOException {
        char[] head = new char[HEAD];
        text.mark(HEAD);
        int length = 0;
        for (int read = 0; read >= 0 && length < HEAD; length += Math.max(read, 0)) {
            read = text.read(head, length, HEAD - length);
        }
        text.reset();
        String begin = new String(head, 0, length);
        if (DATA_URI.matcher(begin).lookingAt()) {
            Matcher uri = DATA_HEAD.matcher(begin);
            if (!uri.lookingAt()) {
                throw new ReferenceImageException(
                        name + " is a data URI, but does not begin like data:image/png;base64,…");
            }
            text.skip(uri.end());
            return Optional.of(Base64.getDecoder().wrap(new Standard(text)));
        }
        return declared && BASE64.matcher(begin).matches()
                ? Optional.of(Base64.getDecoder().wrap(new Standard(text)))
                : Optional.empty();
    }

    /**
     * Checks that the Base64 was all.
     *
     * @param text whose picture was decoded
     */
    static void checkEnd(Reader text) throws IOException {
        if (new Standard(text).read() >= 0) {
            throw notAlone();
        }
    }

    private static IOException notAlone() {
        return new IOException(
                "text follows the Base64 of the data URI; set the prompt in the header CamelGeminiImagePrompt");
    }

    /**
     * Base64 without its line breaks, in the alphabet that Java's decoder knows. A blank within a line parts it from words,
     * which would be lost, or is the plus that a form made one of.
     */
    private static final class Standard extends InputStream {

        private final Reader text;
        private boolean begun;

        Standard(Reader text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            int next = text.read();
            boolean blank = false;
            boolean lineBreak = !begun;
            while (next >= 0 && (Character.isWhitespace(next) || next == ByteOrderMark.DECODED)) {
                lineBreak |= next == '\r' || next == '\n';
                blank = true;
                next = text.read();
            }
            if (next >= 0 && blank && !lineBreak) {
                throw notAlone();
            }
            begun = true;
            return switch (next) {
                case '-' -> '+';
                case '_' -> '/';
                // Beyond Latin-1 it would be cut to a byte, which may be Base64.
                default -> next > 0x7f ? 0x7f : next;
            };
        }
    }
}
