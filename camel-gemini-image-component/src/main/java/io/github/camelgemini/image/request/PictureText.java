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
 * Decodes a picture that is written as text: a data URI, such as from {@code canvas.toDataURL()} in a browser, or
 * Base64 that is declared as a picture. It is decoded while it is read.
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
     * @param text must support {@link Reader#mark}; its position is unchanged if this is not a picture
     * @param declared whether it is declared as a picture, so that plain Base64 is accepted
     * @return empty for anything else; reading the stream fails where the Base64 is invalid
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
     * Checks that nothing follows the Base64.
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
     * Base64 without line breaks, in the standard alphabet. A space within a line may separate it from other text,
     * which would be lost, or may be a plus that an HTML form has replaced, so it is an error.
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
                // A character above Latin-1 would be cut to a byte that may be valid Base64.
                default -> next > 0x7f ? 0x7f : next;
            };
        }
    }
}
