package io.github.camelgemini.image.payload.json;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits a stream into JSON values, and gives each as a stream of its own. So an invalid value does not affect the
 * others. The unread rest of a value is skipped when the next one is requested.
 */
public abstract class JsonValues extends InputStream {

    private static final int BLOCK = 16 * 1024;
    private static final int LONGEST_BEGINNING = 2 * 1024;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final byte[] beginning = new byte[LONGEST_BEGINNING];
    private int from;
    private int to;
    private int begun;
    private boolean ended = true;
    private boolean whole = true;

    private JsonValues(InputStream in) {
        this.in = in;
    }

    /** Reads JSON Lines, with one value on each line; empty lines are skipped. */
    public static JsonValues ofLines(InputStream in) {
        return new Lines(in);
    }

    /**
     * Reads the elements of an array.
     *
     * @param in everything before the opening bracket of the array is skipped
     */
    public static JsonValues ofArray(InputStream in) {
        return new Elements(in);
    }

    /**
     * Goes to the next value; false when there is none.
     *
     * @throws EOFException when an array ends before its closing bracket, so that an unknown number of values is
     *     missing
     */
    public boolean next() throws IOException {
        passOver();
        begun = 0;
        ended = !begins();
        whole = false;
        return !ended;
    }

    /** Skips the rest of the value. */
    public void passOver() throws IOException {
        while (read(beginning, 0, 0, true) >= 0) {
            // Up to the end of the value.
        }
    }

    /** Whether the value is complete, and did not end with the stream. */
    public boolean isWhole() {
        return whole;
    }

    /** The first 2 KB of a value that was read, as text. */
    public String beginning() {
        return new String(beginning, 0, begun, StandardCharsets.UTF_8);
    }

    /** Goes to the first byte of a value. */
    abstract boolean begins() throws IOException;

    /** How many of the available bytes belong to the value; negative when the value ends after so many. */
    abstract int ofValue(byte[] bytes, int start, int end);

    /** Skips a byte without {@link #ofValue}; -1 at the end. */
    final int skip() throws IOException {
        return fill() ? block[from++] & 0xff : -1;
    }

    /** The next byte, which is not consumed; -1 at the end. */
    final int peek() throws IOException {
        return fill() ? block[from] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        while (from == to) {
            int count = in.read(block, 0, block.length);
            if (count < 0) {
                return false;
            }
            from = 0;
            to = count;
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return read(bytes, offset, length, false);
    }

    private int read(byte[] bytes, int offset, int length, boolean passedOver) throws IOException {
        if (ended || !fill()) {
            ended = true;
            return -1;
        }
        if (length == 0 && !passedOver) {
            return 0;
        }
        int end = passedOver ? to : Math.min(to, from + length);
        int count = ofValue(block, from, end);
        boolean last = count < 0;
        if (last) {
            count = -count - 1;
        }
        if (!passedOver) {
            System.arraycopy(block, from, bytes, offset, count);
        }
        int kept = Math.min(count, beginning.length - begun);
        System.arraycopy(block, from, beginning, begun, kept);
        begun += kept;
        from += count;
        if (last) {
            ended = true;
            whole = true;
            return count == 0 ? -1 : count;
        }
        return count;
    }

    private static final class Lines extends JsonValues {

        Lines(InputStream in) {
            super(in);
        }

        @Override
        boolean begins() throws IOException {
            int next = peek();
            while (next == '\n' || next == '\r' || next == ' ' || next == '\t') {
                skip();
                next = peek();
            }
            return next >= 0;
        }

        @Override
        int ofValue(byte[] bytes, int start, int end) {
            int newline = Bytes.indexOf((byte) '\n', bytes, start, end);
            return newline < 0 ? end - start : -(newline - start) - 1;
        }
    }

    private static final class Elements extends JsonValues {

        private boolean opened;
        private int depth;
        private boolean quoted;
        private boolean escaped;

        Elements(InputStream in) {
            super(in);
        }

        @Override
        boolean begins() throws IOException {
            int next = peek();
            while (!opened && next >= 0) {
                opened = skip() == '[';
                next = peek();
            }
            while (next == ',' || next == '\n' || next == '\r' || next == ' ' || next == '\t') {
                skip();
                next = peek();
            }
            depth = 0;
            quoted = false;
            escaped = false;
            if (next < 0) {
                throw new EOFException("The array ends before its closing bracket");
            }
            return next != ']';
        }

        @Override
        int ofValue(byte[] bytes, int start, int end) {
            for (int i = start; i < end; i++) {
                byte each = bytes[i];
                if (quoted) {
                    quoted = escaped || each != '"';
                    escaped = !escaped && each == '\\';
                } else if (each == '"') {
                    quoted = true;
                } else if (each == '{' || each == '[') {
                    depth++;
                } else if (each == '}' || each == ']') {
                    if (depth == 0) {
                        return -(i - start) - 1;
                    }
                    depth--;
                    if (depth == 0) {
                        return -(i + 1 - start) - 1;
                    }
                } else if (each == ',' && depth == 0) {
                    return -(i - start) - 1;
                }
            }
            return end - start;
        }
    }
}
