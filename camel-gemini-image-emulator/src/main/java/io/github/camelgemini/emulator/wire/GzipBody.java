package io.github.camelgemini.emulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Compresses another body while it is sent. */
public final class GzipBody implements Body {

    private final Body body;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private GZIPOutputStream gzip;
    private boolean finished;

    /** Compresses this body. */
    public GzipBody(Body body) {
        this.body = body;
    }

    @Override
    public long length() {
        return UNKNOWN;
    }

    @Override
    public ByteBuffer next() throws IOException {
        if (gzip == null) {
            gzip = new GZIPOutputStream(compressed);
        }
        while (compressed.size() == 0 && !finished) {
            ByteBuffer bytes = body.next();
            if (bytes == null) {
                gzip.finish();
                finished = true;
            } else {
                gzip.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
        }
        if (compressed.size() == 0) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(compressed.toByteArray());
        compressed.reset();
        return bytes;
    }
}
