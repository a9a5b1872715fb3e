package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * Reads a payload, which it keeps as long as it is reachable itself. It is a {@link StreamCache} as well, so that Camel's
 * endpoints find the length, and read it again after {@link #reset}: from the mark, or after {@link #close} from the start.
 */
final class PayloadStream extends InputStream implements StreamCache {

    private final Content content;
    private final byte[] one = new byte[1];
    private Content.Reader reader;
    private boolean closed;
    private long position;
    private long marked;

    PayloadStream(Content content) throws IOException {
        this.content = content;
        this.reader = content.open();
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (count == 0) {
            return 0;
        }
        if (reader == null) {
            reader = content.open();
        }
        int read = reader.read(position, bytes, offset, count);
        position += Math.max(0, read);
        return read;
    }

    /** Into an array of the right length, where the JDK would collect pieces. */
    @Override
    public byte[] readAllBytes() throws IOException {
        byte[] all = new byte[Math.toIntExact(content.length() - position)];
        readNBytes(all, 0, all.length);
        return all;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, content.length() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, content.length() - position);
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readLimit) {
        marked = position;
    }

    @Override
    public void reset() {
        position = marked;
        closed = false;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        marked = 0;
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Writes all bytes from the start, wherever this is. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
    }

    /** A stream of its own, at the start. */
    @Override
    public PayloadStream copy(Exchange exchange) throws IOException {
        return new PayloadStream(content);
    }

    @Override
    public boolean inMemory() {
        return content instanceof Content.InMemory;
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public long position() {
        return position;
    }
}
