package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * Reads a payload, and keeps it reachable. It is also a {@link StreamCache}, so that Camel's endpoints find the length.
 * It can be read again from the mark after {@link #reset}, or from the beginning after {@link #close}.
 */
final class PayloadStream extends InputStream implements StreamCache {

    private final Content content;
    private final byte[] one = new byte[1];
    private Content.Reader reader;
    private long position;
    private long marked;

    /** Opens the stream at once, so that missing bytes are found now. */
    PayloadStream(Content content) throws IOException {
        this(content, content.open());
    }

    /**
     * @param reader null to open it with the first read
     */
    private PayloadStream(Content content, Content.Reader reader) {
        this.content = content;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        if (reader == null) {
            reader = content.open();
        }
        int read;
        try {
            read = reader.read(position, bytes, offset, count);
        } catch (IOException e) {
            // An interrupt closes the file, so the next read opens it again.
            closeReader();
            throw e;
        }
        position += Math.max(0, read);
        return read;
    }

    /** Reads into an array of the right length; the JDK would collect pieces. */
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
    }

    /**
     * Closes the file. Reading again starts from the beginning, as with Camel's own caches: a converter may close a
     * stream that others still use.
     */
    @Override
    public void close() throws IOException {
        position = 0;
        marked = 0;
        closeReader();
    }

    private void closeReader() throws IOException {
        if (reader != null) {
            Content.Reader last = reader;
            reader = null;
            last.close();
        }
    }

    /** Writes all bytes from the beginning, whatever the position of this stream is. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        content.writeTo(out);
    }

    /**
     * An independent stream at the beginning. It opens its file with the first read, because Camel makes copies that
     * nobody reads.
     */
    @Override
    public PayloadStream copy(Exchange exchange) {
        return new PayloadStream(content, null);
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
