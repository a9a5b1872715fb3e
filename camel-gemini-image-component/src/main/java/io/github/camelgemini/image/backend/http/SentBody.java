package io.github.camelgemini.image.backend.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A body that writes itself, such as JSON with streamed pictures, with a {@link SilenceLimit}. The wait for the answer
 * begins after it.
 */
final class SentBody extends AbstractHttpEntity {

    private final RequestBody body;
    private final SilenceLimit silence;
    private final SilenceLimit answer;
    private final long length;

    SentBody(RequestBody body, SilenceLimit silence, SilenceLimit answer) throws IOException {
        super(type(body.contentType()), null);
        this.body = body;
        this.silence = silence;
        this.answer = answer;
        this.length = body.contentLength();
    }

    private static String type(MediaType type) {
        return type == null ? "application/json" : type.toString();
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        BufferedSink sink = Okio.buffer(Okio.sink(new Watched(out)));
        body.writeTo(sink);
        sink.flush();
    }

    /** A call may be billed, so only the component repeats it. */
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("It writes itself");
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // Nothing stays open between two writes.
    }

    private final class Watched extends FilterOutputStream {

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            watch(() -> out.write(bytes, offset, count));
        }

        @Override
        public void flush() throws IOException {
            watch(out::flush);
        }

        private void watch(Writing writing) throws IOException {
            try {
                silence.begin();
                writing.run();
            } catch (IOException e) {
                throw silence.explain("the server accepted no more of the request for ", e);
            } finally {
                silence.end();
                answer.begin();
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
