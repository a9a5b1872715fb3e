package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;

/** The requests of a job as JSON Lines, spooled as they come. Of one model, which the whole job is of. */
final class RequestLines implements AutoCloseable {

    /** So many keys fit into a small heap while their results are brought. */
    private static final int MOST_REQUESTS = 50_000;

    private final BatchCalls calls;
    private final long largest;
    private final PayloadStore.Writer lines;
    private final DigestOutputStream out;
    private Payload file;
    private String model;
    private long length;
    private int requests;

    /** @param largest bytes that the service takes */
    RequestLines(BatchCalls calls, long largest) {
        this.calls = calls;
        this.largest = largest;
        this.lines = calls.means().store().newWriter();
        try {
            this.out = new DigestOutputStream(lines, MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Adds a line.
     *
     * @param head JSON before the request, which is closed behind it
     * @return false when there is no room for it, or it is of another model; the first has room
     */
    boolean add(String head, ImageRequest request) throws IOException {
        String wanted = calls.model(request);
        if (requests > 0 && (requests == MOST_REQUESTS || !wanted.equals(model))) {
            return false;
        }
        RequestBody body;
        try {
            body = calls.body(request);
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        long line = before.length + body.contentLength() + 2;
        if (requests > 0 && length + line > largest) {
            return false;
        }
        out.write(before);
        BufferedSink sink = Okio.buffer(Okio.sink(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                // That of FilterOutputStream writes byte by byte.
                out.write(bytes, offset, count);
            }

            @Override
            public void close() {}
        }));
        body.writeTo(sink);
        sink.flush();
        out.write("}\n".getBytes(StandardCharsets.UTF_8));
        length += line;
        requests++;
        model = wanted;
        return true;
    }

    String fingerprint() {
        try {
            return HexFormat.of()
                    .formatHex(((MessageDigest) out.getMessageDigest().clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    /** All that was added; nothing is added any more. */
    Payload finish() throws IOException {
        if (file == null) {
            file = lines.finish();
        }
        return file;
    }

    String model() {
        return model;
    }

    long length() {
        return length;
    }

    int requests() {
        return requests;
    }

    @Override
    public void close() {
        lines.close();
        if (file != null) {
            file.discard();
        }
    }
}
