package io.github.camelgemini.image.payload.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * The bytes of an answer, which two readers share: the JSON parser, and the decoder of long Base64 values. {@link
 * #takeOver} takes back what the parser has read ahead, and the parser continues with what the decoder leaves.
 */
final class AnswerSource extends InputStream {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] GUARD = {')', ']', '}', '\''};
    private static final byte[] COMMA = {','};

    private final InputStream in;
    private final long textLimit;
    /** Bytes from {@link #in} that are to be read again: from {@link #start} to {@link #end}. */
    private final byte[] buffer;

    private int start = 0;
    private int end = 0;
    private long position;
    private long textBytes;
    /** How many bytes the parser has received in total. */
    private long handed;
    /**
     * The difference between this position and that of the parser, which counts bytes twice that it gave back and read
     * again.
     */
    private long shift;

    /**
     * The buffer must hold what the parser (Jackson reads 8000 bytes at once) and {@link Base64Value} can have read
     * ahead.
     */
    AnswerSource(InputStream in, byte[] buffer, long textLimit) {
        this.buffer = buffer;
        this.in = in;
        this.textLimit = textLimit;
    }

    /** How many bytes were read and not given back. */
    long position() {
        return position;
    }

    /** How many bytes were read, without the Base64 of payloads. */
    long textBytes() {
        return textBytes;
    }

    /**
     * The position of a location that the parser reports. Valid for locations after the last value that was read
     * outside the parser.
     */
    long positionOf(JsonLocation place) {
        return place.getByteOffset() + shift;
    }

    /** Skips a byte order mark, and a prefix that prevents browsers from running JSON as a script. */
    void skipPreamble() throws IOException {
        skip(BYTE_ORDER_MARK);
        if (skip(GUARD)) {
            skip(COMMA);
        }
    }

    private boolean skip(byte[] expected) throws IOException {
        byte[] one = new byte[1];
        for (int matched = 0; matched < expected.length; matched++) {
            boolean ended = readRaw(one, 0, 1) < 0;
            if (ended || one[0] != expected[matched]) {
                unread(one, 0, ended ? 0 : 1);
                unread(expected, 0, matched);
                return false;
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** For the parser: these bytes count as JSON. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        // The parser reads after it has used all that it had.
        shift = position - handed;
        int count = readRaw(bytes, offset, length);
        handed += Math.max(0, count);
        countText(Math.max(0, count));
        return count;
    }

    /** Takes back the bytes that the parser has read but not used. */
    void takeOver(JsonParser parser) throws IOException {
        int released = parser.releaseBuffered(new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                unread(bytes, offset, length);
                textBytes -= length;
            }
        });
        if (released < 0) {
            throw new MalformedAnswerException("JSON that is not in UTF-8", "", position, null);
        }
    }

    /** Reads what is available, at least one byte; -1 at the end. */
    int readRaw(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int count;
        if (start < end) {
            count = Math.min(length, end - start);
            System.arraycopy(buffer, start, bytes, offset, count);
            start += count;
        } else {
            count = in.read(bytes, offset, length);
        }
        position += Math.max(0, count);
        return count;
    }

    /** Skips the rest of a string up to its closing quotation mark; false when there is none. */
    boolean goToQuote() throws IOException {
        byte[] one = new byte[1];
        boolean escaped = false;
        while (readRaw(one, 0, 1) > 0) {
            if (one[0] == '"' && !escaped) {
                unread(one, 0, 1);
                return true;
            }
            escaped = one[0] == '\\' && !escaped;
            countText(1);
        }
        return false;
    }

    private void countText(int count) throws IOException {
        textBytes += count;
        if (textBytes > textLimit) {
            throw new MalformedAnswerException("more than " + textLimit + " bytes besides images", "", position, null);
        }
    }

    /** Gives bytes back, to be read next. */
    void unread(byte[] bytes, int offset, int length) {
        int waiting = end - start;
        System.arraycopy(buffer, start, buffer, buffer.length - waiting, waiting);
        start = buffer.length - waiting - length;
        end = buffer.length;
        System.arraycopy(bytes, offset, buffer, start, length);
        position -= length;
    }

    /** Whether there is a quotation mark in the next {@code length} bytes. Reads and keeps as many as needed. */
    boolean quoteWithin(int length) throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int looked = 0;
        while (true) {
            int until = Math.min(end, length);
            if (Bytes.indexOf((byte) '"', buffer, looked, until) >= 0) {
                return true;
            }
            looked = until;
            int count = looked < length ? in.read(buffer, end, length - end) : -1;
            if (count < 0) {
                return false;
            }
            end += count;
        }
    }
}
