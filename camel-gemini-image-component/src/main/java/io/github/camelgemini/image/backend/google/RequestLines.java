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

/** The requests of a job as JSON Lines in the spool. All have the same model, since a job has only one. */
final class RequestLines implements AutoCloseable {

    /** The keys of so many requests fit into a small heap while results are delivered. */
    private static final int MOST_REQUESTS = 50_000;

    private final BatchCalls calls;
    private final long largest;
    private final PayloadStore.Writer lines;
    private final DigestOutputStream out;
    private Payload file;
    private String model;
    private long length;
    private int requests;

    /**
     * @param largest size that the service accepts, in bytes
     */
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
     * @param head JSON before the request; its open object is closed after the request
     * @return false when there is no room, or the model differs. The first request always fits.
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
                // The method of FilterOutputStream writes single bytes.
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

    /** The complete lines; nothing can be added afterwards. */
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
