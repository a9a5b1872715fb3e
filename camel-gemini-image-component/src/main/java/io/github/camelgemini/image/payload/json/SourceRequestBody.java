package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.payload.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A request that consists of a picture. The picture is streamed from its source, each time the request is sent. */
public final class SourceRequestBody extends RequestBody {

    private static final int BLOCK = 16 * 1024;

    private final MediaType contentType;
    private final PayloadSource source;
    private final long length;

    /**
     * @throws SourceException if the length cannot be read
     */
    public SourceRequestBody(MediaType contentType, PayloadSource source) throws IOException {
        this.contentType = contentType;
        this.source = source;
        try {
            this.length = source.length();
        } catch (IOException e) {
            throw new SourceException(e.getMessage(), e);
        }
    }

    @Override
    public MediaType contentType() {
        return contentType;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] block = new byte[BLOCK];
        long sent = 0;
        try (InputStream in = open()) {
            for (int count = read(in, block); count >= 0; count = read(in, block)) {
                sink.write(block, 0, count);
                sent += count;
            }
        }
        if (sent != length) {
            throw new SourceException("it had " + length + " bytes and now has " + sent, null);
        }
    }

    private InputStream open() throws SourceException {
        try {
            return source.newInputStream();
        } catch (IOException e) {
            throw new SourceException(e.getMessage(), e);
        }
    }

    private static int read(InputStream in, byte[] block) throws SourceException {
        try {
            return in.read(block);
        } catch (IOException e) {
            throw new SourceException(e.getMessage(), e);
        }
    }
}
