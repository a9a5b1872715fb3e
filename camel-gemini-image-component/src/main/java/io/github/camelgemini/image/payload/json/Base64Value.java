package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.payload.BlockPool;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes the Base64 of a JSON string, from after its opening quotation mark to before the closing one.
 *
 * <p>Understands the standard and the URL-safe alphabet, missing padding, white space, and JSON escapes of any of
 * these. Plain Base64, the usual case, is decoded by {@link java.util.Base64}, which the JVM compiles to vector
 * instructions. Everything else, and the last group, is decoded character by character.
 */
final class Base64Value {

    /** A multiple of four, so that a block ends with a group. */
    private static final int BLOCK = BlockPool.BLOCK;

    private static final int MOST_PADDING = 2;
    /** Below this length, decoding by the character costs less than an array. */
    private static final int SHORT_RUN = 64;

    private static final byte INVALID = -1;
    private static final byte SPACE = -2;
    private static final byte PADDING = -3;
    private static final byte ESCAPE = -4;
    private static final byte QUOTE = -5;
    private static final byte[] MEANING = meanings();

    private final AnswerSource source;
    private final OutputStream out;
    private final byte[] text;
    private final byte[] decoded;
    private final JsonEscape escape = new JsonEscape();

    private boolean plain = true;
    private int decodedLength;
    /** The current group of four characters: how many there are, and their bits. */
    private int group;

    private int bits;
    private int padding;
    /** How much of the text is available. */
    private int filled;

    private Base64Value(AnswerSource source, OutputStream out, byte[] text, byte[] decoded) {
        this.source = source;
        this.out = out;
        this.text = text;
        this.decoded = decoded;
    }

    /**
     * Writes the decoded bytes, and leaves the source at the closing quotation mark. This is also true for a failure
     * with {@link MalformedAnswerException#isPassedOver}, if there is a quotation mark.
     *
     * @param blocks lends two buffers
     * @throws MalformedAnswerException if it is not Base64, or the source ends before the quotation mark
     */
    static void decode(AnswerSource source, OutputStream out, BlockPool blocks) throws IOException {
        byte[] text = blocks.take();
        byte[] decoded = blocks.take();
        try {
            new Base64Value(source, out, text, decoded).decode();
        } finally {
            blocks.giveBack(text);
            blocks.giveBack(decoded);
        }
    }

    private void decode() throws IOException {
        int quote = -1;
        while (quote < 0) {
            // After a group that was cut in two, only its rest is read, so that the next block begins with a group.
            int wanted = group == 0 ? BLOCK : 4 - group;
            int count = fill(wanted);
            if (count < BLOCK || !decodeBlock()) {
                quote = decodeCharacters(decodeRun(count), count);
            }
            if (quote >= 0) {
                source.unread(text, quote, count - quote);
                filled = quote;
                finishGroup();
            }
            out.write(decoded, 0, decodedLength);
            decodedLength = 0;
        }
    }

    /**
     * Reads until the block is full or the value ends, and never waits for data after the end of the JSON. The JSON
     * ends with a brace. So more data must follow a Base64 character; after any other character, the end of the value
     * is looked for.
     */
    private int fill(int wanted) throws IOException {
        filled = 0;
        int searched = 0;
        while (filled < wanted) {
            int count = source.readRaw(text, filled, wanted - filled);
            if (count < 0) {
                if (filled == 0) {
                    throw malformed("it ends inside Base64", 0);
                }
                break;
            }
            filled += count;
            if (filled < wanted && MEANING[text[filled - 1] & 0xff] < 0) {
                if (Bytes.indexOf((byte) '"', text, searched, filled) >= 0) {
                    break;
                }
                searched = filled;
            }
        }
        return filled;
    }

    private boolean decodeBlock() {
        if (!plain || padding > 0 || escape.begun()) {
            return false;
        }
        try {
            decodedLength = Base64.getDecoder().decode(text, decoded);
            padding = decodedLength < BLOCK / 4 * 3 ? MOST_PADDING : 0;
            return true;
        } catch (IllegalArgumentException e) {
            // Usually the last block, which contains the end of the value. Otherwise the next block is probably no
            // better, and an exception for each costs more than decoding by the character.
            plain = false;
            return false;
        }
    }

    /** Decodes plain Base64 up to its last group, and returns where that begins. */
    private int decodeRun(int count) {
        if (!plain || padding > 0 || group > 0 || escape.begun()) {
            return 0;
        }
        int end = Bytes.indexOf((byte) '"', text, 0, count);
        int run = ((end < 0 ? count : end) - 1) / 4 * 4;
        if (run < SHORT_RUN) {
            return 0;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(Arrays.copyOf(text, run));
            if (bytes.length < run / 4 * 3) {
                return 0;
            }
            System.arraycopy(bytes, 0, decoded, 0, bytes.length);
            decodedLength = bytes.length;
            return run;
        } catch (IllegalArgumentException e) {
            plain = false;
            return 0;
        }
    }

    /** Returns the position of the closing quotation mark, or -1. */
    private int decodeCharacters(int from, int count) throws IOException {
        for (int i = from; i < count; i++) {
            int c = text[i] & 0xff;
            if (escape.begun()) {
                c = escape.next(c);
                if (c == JsonEscape.INCOMPLETE) {
                    continue;
                }
                if (c < 0 || c > 0x7f || MEANING[c] == QUOTE || MEANING[c] == ESCAPE) {
                    throw malformed("an escape that is not a Base64 character", count - i);
                }
            }
            byte meaning = MEANING[c];
            if (meaning >= 0) {
                addCharacter(meaning, count - i);
            } else if (meaning == QUOTE) {
                return i;
            } else if (meaning == ESCAPE) {
                escape.begin();
            } else if (meaning == PADDING) {
                addPadding(count - i);
            } else if (meaning == INVALID) {
                throw malformed("a character that is not Base64 (code " + c + ")", count - i);
            }
        }
        return -1;
    }

    private void addCharacter(byte sixBits, int behind) throws IOException {
        if (padding > 0) {
            throw malformed("Base64 continues after its padding", behind);
        }
        bits = bits << 6 | sixBits;
        if (++group == 4) {
            put(3);
        }
    }

    private void addPadding(int behind) throws IOException {
        padding++;
        if (padding > MOST_PADDING
                || (group > 0 && group + padding > 4)
                || group == 1
                || (group == 0 && padding == 1)) {
            throw malformed("padding at the wrong position", behind);
        }
    }

    private void finishGroup() throws IOException {
        if (group == 1) {
            throw malformed("Base64 ends with a single character", 0);
        }
        if (group > 1) {
            bits <<= 6 * (4 - group);
            put(group - 1);
        }
    }

    private void put(int count) {
        for (int shift = 16, i = 0; i < count; i++, shift -= 8) {
            decoded[decodedLength++] = (byte) (bits >> shift);
        }
        bits = 0;
        group = 0;
    }

    private MalformedAnswerException malformed(String problem, int behind) throws IOException {
        long position = source.position() - behind;
        source.unread(text, filled - behind, behind);
        MalformedAnswerException e = new MalformedAnswerException(problem, "", position, null);
        return source.goToQuote() ? e.passedOver() : e;
    }

    private static byte[] meanings() {
        byte[] meanings = new byte[256];
        Arrays.fill(meanings, INVALID);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (byte i = 0; i < 64; i++) {
            meanings[alphabet.charAt(i)] = i;
        }
        meanings['-'] = meanings['+'];
        meanings['_'] = meanings['/'];
        for (char space : " \t\r\n".toCharArray()) {
            meanings[space] = SPACE;
        }
        meanings['='] = PADDING;
        meanings['\\'] = ESCAPE;
        meanings['"'] = QUOTE;
        return meanings;
    }
}
