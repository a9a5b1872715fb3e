package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch that is not submitted yet: its requests as JSON Lines in the spool. A few small requests are sent directly.
 * More are uploaded as a file first, because then their results also come as a file, which can be read line by line.
 */
final class GoogleDraft implements JobDraft {

    private static final Logger LOG = LoggerFactory.getLogger(GoogleDraft.class);

    /** Largest file of requests, in bytes (ai.google.dev/gemini-api/docs/batch-api). */
    private static final long LARGEST_FILE = 2L << 30;
    /** The API accepts 20 MB inline, but the results would then come in one piece. */
    private static final int MOST_INLINE = 10;

    private static final long LARGEST_INLINE = 4L << 20;
    private static final String JSON_LINES = "application/jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BatchCalls calls;
    private final BatchesApi api;
    private final FilesApi files;
    private final RequestLines lines;
    /** The uploaded file at the API; null before the upload. */
    private volatile FilesApi.RemoteFile uploaded;
    /** Whether any attempt may have created a batch from it. */
    private volatile boolean used;

    GoogleDraft(BatchCalls calls, BatchesApi api, FilesApi files) {
        this.calls = calls;
        this.api = api;
        this.files = files;
        this.lines = new RequestLines(calls, LARGEST_FILE);
    }

    @Override
    public boolean add(String key, ImageRequest request) throws IOException {
        return lines.add("{\"key\":" + JSON.writeValueAsString(key) + ",\"request\":", request);
    }

    @Override
    public String fingerprint() {
        return lines.fingerprint();
    }

    @Override
    public CompletableFuture<Job> submit(String name, URI webhook) {
        return calls.onWorker(
                track -> lines.requests() <= MOST_INLINE && lines.length() <= LARGEST_INLINE
                        ? create(inline(name, webhook), track)
                        : fromFile(name, webhook, track),
                job -> {});
    }

    private Job fromFile(String name, URI webhook, Consumer<Call> track) throws IOException {
        if (uploaded == null) {
            uploaded = files.upload(lines.finish(), JSON_LINES, track);
        }
        uploaded = files.processed(uploaded, track);
        ObjectNode batch = JSON.createObjectNode();
        batch.putObject("inputConfig").put("fileName", uploaded.name());
        boolean before = used;
        used = true;
        try {
            return create(batch(name, webhook, batch), track);
        } catch (GeminiImageException e) {
            used = before || LostAnswer.isPossible(e);
            throw e;
        }
    }

    private Void delete(Consumer<Call> track) {
        try {
            api.deleteFile(uploaded.name(), track);
        } catch (GeminiImageException e) {
            LOG.debug(
                    "{} could not be deleted and stays until it expires: {}",
                    uploaded.name(),
                    OutsideText.of(e.toString()));
        }
        return null;
    }

    private Job create(String batch, Consumer<Call> track) {
        Payload body = Payload.of(batch.getBytes(StandardCharsets.UTF_8));
        return BatchOperation.job(api.create(lines.model(), body, track));
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

    /** For few and small requests. */
    private String inline(String name, URI webhook) throws IOException {
        ObjectNode batch = JSON.createObjectNode();
        var all = batch.putObject("inputConfig").putObject("requests").putArray("requests");
        try (InputStream in = lines.finish().newInputStream();
                var each = JSON.readerFor(ObjectNode.class).<ObjectNode>readValues(in)) {
            while (each.hasNextValue()) {
                ObjectNode line = each.nextValue();
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
        if (uploaded != null && !used) {
            calls.onWorker(this::delete, nothing -> {});
        }
    }
}
