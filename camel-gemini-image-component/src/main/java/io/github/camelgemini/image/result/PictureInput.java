package io.github.camelgemini.image.result;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture for a decoder with random access. ImageIO's own stream would keep all bytes in the heap that
 * were read or skipped.
 */
final class PictureInput extends ImageInputStreamImpl {

    private final PayloadSource source;
    private final byte[] window = new byte[16 * 1024];
    private long windowStart;
    private int windowLength;
    private InputStream in;
    private long position;

    PictureInput(PayloadSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return fill() ? window[(int) (streamPos++ - windowStart)] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int from = (int) (streamPos - windowStart);
        int count = Math.min(length, windowLength - from);
        System.arraycopy(window, from, bytes, offset, count);
        streamPos += count;
        return count;
    }

    /** Whether the window contains the next byte. */
    private boolean fill() throws IOException {
        checkClosed();
        if (streamPos >= windowStart && streamPos < windowStart + windowLength) {
            return true;
        }
        if (in == null || streamPos < position) {
            if (in != null) {
                in.close();
            }
            in = source.newInputStream();
            position = 0;
        }
        while (position < streamPos) {
            long skipped = in.skip(streamPos - position);
            if (skipped <= 0 && in.read() < 0) {
                return false;
            }
            position += Math.max(1, skipped);
        }
        windowStart = position;
        windowLength = Math.max(0, in.readNBytes(window, 0, window.length));
        position += windowLength;
        return windowLength > 0;
    }

    @Override
    public long length() {
        try {
            return source.length();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (in != null) {
            in.close();
        }
    }
}
