package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.LostAnswer;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch job of Vertex AI that is not submitted yet: its requests as JSON Lines, which are uploaded to Cloud Storage.
 */
final class VertexDraft implements JobDraft {

    private static final Logger LOG = LoggerFactory.getLogger(VertexDraft.class);

    /** Largest file of requests, in bytes (docs.cloud.google.com: batch inference with Gemini). */
    private static final long LARGEST_FILE = 1L << 30;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BatchCalls calls;
    private final VertexApi api;
    private final CloudStorage storage;
    private final RequestLines lines;
    /** The uploaded file in Cloud Storage; null before the upload. */
    private volatile String uploaded;
    /** Whether any attempt may have created a job from it. */
    private volatile boolean used;

    VertexDraft(BatchCalls calls, VertexApi api, CloudStorage storage) {
        this.calls = calls;
        this.api = api;
        this.storage = storage;
        this.lines = new RequestLines(calls, LARGEST_FILE);
    }

    @Override
    public boolean add(String key, ImageRequest request) throws IOException {
        Map<String, String> labels =
                new LinkedHashMap<>(request.get(Parameter.LABELS).orElse(Map.of()));
        labels.putAll(KeyLabels.of(key));
        return lines.add(
                "{\"request\":",
                request.toBuilder().set(Parameter.LABELS, labels).build());
    }

    @Override
    public String fingerprint() {
        return lines.fingerprint();
    }

    @Override
    public CompletableFuture<Job> submit(String name, URI webhook) {
        if (webhook != null) {
            return CompletableFuture.failedFuture(new InvalidRequestException(
                    "option webhook: Vertex AI has no webhooks. Remove the option; the consumer polls for results"));
        }
        return calls.onWorker(track -> submit(name, track), job -> {});
    }

    private Job submit(String name, Consumer<Call> track) throws IOException {
        if (uploaded == null) {
            // Used by this draft only: an earlier draft of the same name may delete its file at any time, or a job may
            // read it.
            String file = name + "/requests-" + UUID.randomUUID() + ".jsonl";
            storage.put(file, lines.finish(), "application/jsonl", track);
            uploaded = file;
        }
        boolean before = used;
        used = true;
        try {
            return VertexJob.job(api.create(job(name), lines.model(), track));
        } catch (GeminiImageException e) {
            used = before || LostAnswer.isPossible(e);
            throw e;
        }
    }

    private String job(String name) {
        String model = lines.model().replaceFirst("^models/", "");
        ObjectNode job = JSON.createObjectNode();
        job.put("displayName", name);
        job.put("model", model.contains("/") ? model : "publishers/google/models/" + model);
        ObjectNode input = job.putObject("inputConfig").put("instancesFormat", "jsonl");
        input.putObject("gcsSource").putArray("uris").add(storage.uri(uploaded));
        ObjectNode output = job.putObject("outputConfig").put("predictionsFormat", "jsonl");
        output.putObject("gcsDestination").put("outputUriPrefix", storage.uri(name));
        return job.toString();
    }

    private Void delete(Consumer<Call> track) {
        try {
            storage.delete(uploaded, track);
        } catch (GeminiImageException e) {
            LOG.debug("{} could not be deleted: {}", storage.uri(uploaded), OutsideText.of(e.toString()));
        }
        return null;
    }

    @Override
    public void close() {
        lines.close();
        if (uploaded != null && !used) {
            calls.onWorker(this::delete, nothing -> {});
        }
    }
}
