package io.github.camelgemini.image.payload.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads server-sent events. As an {@link InputStream} it gives the data of the current event and then ends, until
 * {@link #next()} is called. It never holds a whole line, however long that is.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">the format</a>
 */
final class EventStream extends InputStream {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    /** The last event of OpenAI, and of gateways with the same format. */
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private enum Place {
        BETWEEN_EVENTS,
        IN_DATA,
        LINE_START
    }

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;
    private Place place = Place.BETWEEN_EVENTS;
    /**
     * True after a carriage return: a line feed that follows belongs to it. It is not waited for, because the line is
     * complete.
     */
    private boolean afterReturn;

    EventStream(InputStream in) {
        this.in = in;
    }

    /** Goes to the data of the next event; false at the end. */
    boolean next() throws IOException {
        while (place != Place.BETWEEN_EVENTS && read() >= 0) {
            // Skips the unread rest of the last event.
        }
        while (peek() >= 0) {
            if (atDataLine()) {
                place = Place.IN_DATA;
                return !at(DONE);
            }
            skipLine();
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (place == Place.LINE_START) {
            if (!goToDataLine()) {
                return -1;
            }
            bytes[offset] = '\n';
            return 1;
        }
        if (place == Place.BETWEEN_EVENTS || peek() < 0) {
            place = Place.BETWEEN_EVENTS;
            return -1;
        }
        int count = Math.min(length, lineEnd() - start);
        if (count == 0) {
            skipLine();
            place = Place.LINE_START;
            return read(bytes, offset, length);
        }
        System.arraycopy(buffer, start, bytes, offset, count);
        start += count;
        return count;
    }

    /** Goes from the start of a line to the data of the event's next data line; false at the end of the event. */
    private boolean goToDataLine() throws IOException {
        for (int first = peek(); first >= 0; first = peek()) {
            boolean blank = isLineEnd(first);
            if (!blank && atDataLine()) {
                place = Place.IN_DATA;
                return true;
            }
            skipLine();
            if (blank) {
                break;
            }
        }
        place = Place.BETWEEN_EVENTS;
        return false;
    }

    /** Goes from the start of a line to its data, if it is a data line. Otherwise stops somewhere in the line. */
    private boolean atDataLine() throws IOException {
        for (byte expected : DATA) {
            if (peek() != expected) {
                return false;
            }
            start++;
        }
        int next = peek();
        if (next == ':') {
            start++;
            if (peek() == ' ') {
                start++;
            }
            return true;
        }
        return next < 0 || isLineEnd(next);
    }

    private void skipLine() throws IOException {
        int c = peek();
        while (c >= 0 && !isLineEnd(c)) {
            start = lineEnd();
            c = peek();
        }
        if (c >= 0) {
            start++;
            afterReturn = c == '\r';
        }
    }

    /** The end of the line in the buffer, or of the buffer. */
    private int lineEnd() {
        int feed = Bytes.indexOf((byte) '\n', buffer, start, end);
        int until = feed < 0 ? end : feed;
        int carriageReturn = Bytes.indexOf((byte) '\r', buffer, start, until);
        return carriageReturn < 0 ? until : carriageReturn;
    }

    private boolean at(byte[] text) throws IOException {
        while (end - start < text.length && lineEnd() == end) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                break;
            }
            end += count;
        }
        return Arrays.equals(buffer, start, Math.min(end, start + text.length), text, 0, text.length);
    }

    /** The next byte, which is not consumed; -1 at the end. */
    private int peek() throws IOException {
        if (!fill()) {
            return -1;
        }
        if (afterReturn) {
            afterReturn = false;
            if (buffer[start] == '\n') {
                start++;
                return peek();
            }
        }
        return buffer[start] & 0xff;
    }

    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return start < end;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r';
    }
}
