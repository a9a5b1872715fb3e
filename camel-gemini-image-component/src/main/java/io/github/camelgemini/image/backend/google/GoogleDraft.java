package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch in the making: its requests as JSON Lines, spooled. A few small ones go to the API as they are; more are uploaded first,
 * since what they draw then comes back as a file, of which each line can be read by itself.
 */
final class GoogleDraft implements JobDraft {

    private static final Logger LOG = LoggerFactory.getLogger(GoogleDraft.class);

    /** Of a file of requests, in bytes (ai.google.dev/gemini-api/docs/batch-api). */
    private static final long LARGEST_FILE = 2L << 30;
    /** So many keys fit into a small heap while their results are brought. */
    private static final int MOST_REQUESTS = 50_000;
    /** The API takes 20 MB inline; what that draws would come back in one piece. */
    private static final int MOST_INLINE = 10;

    private static final long LARGEST_INLINE = 4L << 20;
    private static final String JSON_LINES = "application/jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BatchCalls calls;
    private final PayloadStore.Writer lines;
    private final DigestOutputStream out;
    private Payload file;
    /** The same file at the API; null before it is there. */
    private volatile String uploaded;
    /** Whether no batch can have been made of it. */
    private volatile boolean unused;

    private String model;
    private long length;
    private int requests;

    GoogleDraft(BatchCalls calls) {
        this.calls = calls;
        this.lines = calls.means().store().newWriter();
        try {
            this.out = new DigestOutputStream(lines, MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean add(String key, ImageRequest request) throws IOException {
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
        byte[] head = head(key);
        long line = head.length + body.contentLength() + 2;
        if (requests > 0 && length + line > LARGEST_FILE) {
            return false;
        }
        out.write(head);
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

    private static byte[] head(String key) throws IOException {
        return ("{\"key\":" + JSON.writeValueAsString(key) + ",\"request\":").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String fingerprint() {
        try {
            return HexFormat.of()
                    .formatHex(((MessageDigest) out.getMessageDigest().clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    @Override
    public CompletableFuture<Job> submit(String name, URI webhook) {
        return calls.onWorker(
                track -> {
                    if (file == null) {
                        file = lines.finish();
                    }
                    return requests <= MOST_INLINE && length <= LARGEST_INLINE
                            ? create(inline(name, webhook), track)
                            : fromFile(name, webhook, track);
                },
                job -> {});
    }

    private Job fromFile(String name, URI webhook, Consumer<Call> track) {
        if (uploaded == null) {
            uploaded = calls.files().upload(file, JSON_LINES, track).name();
        }
        unused = false;
        ObjectNode batch = JSON.createObjectNode();
        batch.putObject("inputConfig").put("fileName", uploaded);
        try {
            return create(batch(name, webhook, batch), track);
        } catch (GeminiImageException e) {
            unused = !LostAnswer.isPossible(e);
            throw e;
        }
    }

    private void delete() {
        try {
            calls.api().deleteFile(uploaded);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} stays until it expires: {}", uploaded, e.toString());
        }
    }

    private Job create(String batch, Consumer<Call> track) {
        Payload body = Payload.of(batch.getBytes(StandardCharsets.UTF_8));
        return BatchOperation.job(calls.api().create(model, body, track));
    }

    private static String batch(String name, URI webhook, ObjectNode batch) {
        batch.put("displayName", name);
        if (webhook != null) {
            batch.putObject("webhookConfig").putArray("uris").add(webhook.toString());
        }
        ObjectNode json = JSON.createObjectNode();
        json.set("batch", batch);
        return json.toString();
    }

    /** Few and small. */
    private String inline(String name, URI webhook) throws IOException {
        ObjectNode batch = JSON.createObjectNode();
        var all = batch.putObject("inputConfig").putObject("requests").putArray("requests");
        try (InputStream in = file.newInputStream();
                var lines = JSON.readerFor(ObjectNode.class).<ObjectNode>readValues(in)) {
            while (lines.hasNextValue()) {
                ObjectNode line = lines.nextValue();
                ObjectNode request = all.addObject();
                request.set("request", line.get("request"));
                request.putObject("metadata").set("key", line.get("key"));
            }
        }
        return batch(name, webhook, batch);
    }

    @Override
    public void close() {
        lines.close();
        if (file != null) {
            file.discard();
        }
        if (unused) {
            calls.onWorker(
                    track -> {
                        delete();
                        return null;
                    },
                    nothing -> {});
        }
    }
}
