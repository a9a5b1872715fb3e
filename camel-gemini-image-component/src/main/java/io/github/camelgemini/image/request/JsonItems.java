package io.github.camelgemini.image.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Splits a JSON array or JSON Lines into items, and gives each as a stream of bytes. An item ends when the next is
 * requested, and none is held in the heap. Only the borders of items are checked here; their content is not.
 */
final class JsonItems implements AutoCloseable {

    private static final int BLOCK = 16 * 1024;
    private static final int END = -1;
    private static final String CUT_OFF = "is truncated";
    /** The separator before each value of a JSON text sequence (RFC 7464). */
    private static final int RECORD_SEPARATOR = 0x1E;

    private final InputStream in;
    private final boolean array;
    private final byte[] block = new byte[BLOCK];
    private int start;
    private int end;
    private int line = 1;
    private int count;
    private boolean begun;
    private boolean ended;
    private boolean ready;
    private Item current;

    /**
     * @param in UTF-8, closed with this object
     * @param array true for an array, false for values separated by white space
     */
    JsonItems(InputStream in, boolean array) {
        this.in = in;
        this.array = array;
    }

    /**
     * Whether there is another item.
     *
     * @throws BrokenJsonException where an item, a comma or the end of the array is expected, and missing
     */
    boolean hasNext() throws IOException {
        if (!ready && !ended) {
            if (current != null) {
                current.skipRest();
            }
            ready = array ? findInArray() : findLine();
            ended = !ready;
        }
        return ready;
    }

    /** The next item; call {@link #hasNext} first. */
    Item next() throws IOException {
        ready = false;
        count++;
        current = new Item(line);
        return current;
    }

    private boolean findInArray() throws IOException {
        int next = ink();
        if (!begun) {
            if (next != '[') {
                throw broken("must begin with [");
            }
            begun = true;
            start++;
            next = ink();
            if (next == ']') {
                return endOfArray();
            }
        } else if (next == ']') {
            return endOfArray();
        } else if (next == ',') {
            start++;
            next = ink();
        } else {
            throw next == END
                    ? broken(CUT_OFF + ": it ends after item " + count + ", without ]")
                    : broken("must have a comma or ] after item " + count);
        }
        return begins(next);
    }

    private boolean endOfArray() throws IOException {
        start++;
        if (ink() != END) {
            throw broken("has content after its end");
        }
        return false;
    }

    private boolean findLine() throws IOException {
        int next = ink();
        return next != END && begins(next);
    }

    private boolean begins(int first) throws BrokenJsonException {
        if (first == END) {
            throw broken(CUT_OFF + ": it ends after item " + count + ", without ]");
        }
        if (first != '{' && first != '[' && first != '"') {
            throw broken("has neither an object nor an array nor a string as item " + (count + 1));
        }
        return true;
    }

    /** The next character that is not white space, without consuming it. */
    private int ink() throws IOException {
        while (fill()) {
            int next = block[start] & 0xFF;
            if (next == '\n') {
                line++;
            }
            boolean blank = next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == RECORD_SEPARATOR;
            if (!blank) {
                return next;
            }
            start++;
        }
        return END;
    }

    private boolean fill() throws IOException {
        if (start < end) {
            return true;
        }
        start = 0;
        end = Math.max(0, in.read(block));
        return end > 0;
    }

    private BrokenJsonException broken(String what) {
        return new BrokenJsonException("the JSON " + what + ", at line " + line, what.startsWith(CUT_OFF));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The bytes of one item. */
    final class Item extends InputStream {

        private final int firstLine;
        private int depth;
        private boolean inString;
        private boolean escaped;
        private boolean done;

        private Item(int firstLine) {
            this.firstLine = firstLine;
        }

        /** The line of the item, from 1. */
        int line() {
            return firstLine;
        }

        /** The first byte of the item, as long as nothing of it was read. */
        int first() {
            return block[start];
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? END : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (done) {
                return END;
            }
            if (!fill()) {
                throw broken(CUT_OFF + " within item " + count);
            }
            int from = start;
            int to = Math.min(end, start + length);
            while (start < to && !done) {
                pass(block[start++]);
            }
            System.arraycopy(block, from, target, offset, start - from);
            return start - from;
        }

        private void pass(byte next) throws BrokenJsonException {
            if (inString) {
                if (next == '\n') {
                    throw broken("has a string that does not end on its line, in item " + count);
                }
                inString = escaped || next != '"';
                escaped = !escaped && next == '\\';
                done = !inString && depth == 0;
                return;
            }
            switch (next) {
                case '"' -> inString = true;
                case '{', '[' -> depth++;
                case '}', ']' -> done = --depth <= 0;
                case '\n' -> line++;
                default -> {
                    // White space, numbers, words.
                }
            }
        }

        private void skipRest() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
