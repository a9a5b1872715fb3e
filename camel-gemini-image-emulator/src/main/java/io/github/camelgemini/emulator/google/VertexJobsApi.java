package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.CloudCall;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.RequestChecks;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The batch jobs of Vertex AI. Their requests and results are objects in Cloud Storage; results are created when they
 * are fetched. Thread-safe.
 */
final class VertexJobsApi {

    private static final Pattern MODEL = Pattern.compile("(?:projects/.+/)?publishers/google/models/([^/:]+)");
    private static final Pattern URI = Pattern.compile("gs://([a-z0-9][a-z0-9._-]+)(?:/(.*))?");
    private static final Pattern CONDITION =
            Pattern.compile("\\s*(display_?[nN]ame|state)\\s*(=|!=)\\s*\"?([^\"]*?)\"?\\s*");

    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE_SIZE = 100;

    private final EmulatorClock clock;
    private final Duration time;
    private final ObjectStore objects;
    private final RequestChecks checks;
    private final BatchDrawing drawing;
    private final PictureFields fields;
    private final Map<String, VertexJob> jobs = new LinkedHashMap<>();
    private final Map<String, Instant> cancelled = new LinkedHashMap<>();
    /** Jobs that are deleted but whose results exist. */
    private final Set<String> deleted = new HashSet<>();
    /** Jobs that exist but whose results are deleted. */
    private final Set<String> withoutOutput = new HashSet<>();

    VertexJobsApi(
            EmulatorClock clock,
            Duration time,
            ObjectStore objects,
            RequestChecks checks,
            BatchDrawing drawing,
            PictureFields fields) {
        this.clock = clock;
        this.time = time;
        this.objects = objects;
        this.checks = checks;
        this.drawing = drawing;
        this.fields = fields;
    }

    Reply reply(ApiCall call, Incoming incoming) throws RefusedException {
        try {
            return switch (call.operation()) {
                case CloudCall.JOBS_CREATE -> create(call, incoming);
                case CloudCall.JOBS_GET -> Reply.json(200, json(find(call)));
                case CloudCall.JOBS_LIST -> Reply.json(200, list(call, incoming));
                case CloudCall.JOBS_CANCEL -> cancel(find(call));
                default -> delete(find(call));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of jobs created, including deleted ones. */
    synchronized int count() {
        return jobs.size();
    }

    /** All existing jobs. */
    synchronized List<MadeBatch> all() {
        return jobs.values().stream()
                .filter(job -> !deleted.contains(job.name()))
                .map(job -> MadeBatch.of(job.name(), job.batch(), "JOB_STATE_" + state(job)))
                .toList();
    }

    synchronized void clear() {
        try {
            for (VertexJob job : jobs.values()) {
                job.batch().source().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jobs.clear();
        cancelled.clear();
        deleted.clear();
        withoutOutput.clear();
    }

    /** The model of a new job; empty for none. */
    static String model(JsonNode asked) {
        Matcher model = MODEL.matcher(asked.path("model").asText(""));
        return model.matches() ? model.group(1) : "";
    }

    private Reply create(ApiCall call, Incoming incoming) throws RefusedException, IOException {
        JsonNode asked = checks.known(call, "BatchPredictionJob", incoming.body());
        String model = model(asked);
        if (model.isEmpty()) {
            throw invalid("The model must be like publishers/google/models/MODEL.");
        }
        ApiCall generating = new ApiCall(call.surface(), call.version(), "batchPredictionJobs.create", model, "");
        checks.find(generating);
        if (asked.path("displayName").asText("").isEmpty()) {
            throw invalid("Required field is not set: batch_prediction_job.display_name");
        }
        String input = input(asked.path("inputConfig"));
        Matcher output = output(asked.path("outputConfig"));
        Batch batch = new Batch(
                Long.toString(ThreadLocalRandom.current().nextLong(1L << 58, 1L << 62)),
                asked.path("displayName").asText(),
                generating,
                source(input, incoming),
                false,
                clock.instant(),
                incoming.generation().queue.time(time),
                incoming.generation(),
                // Vertex AI has no webhooks.
                new BatchWebhooks.Asked(List.of(), MissingNode.getInstance(), ""));
        String folder = output.group(2) == null ? "" : output.group(2).replaceFirst("/*$", "");
        VertexJob job = new VertexJob(
                call.file() + "/batchPredictionJobs/" + batch.id(),
                batch,
                asked.deepCopy(),
                output.group(1),
                folder.isEmpty() ? "" : folder + "/");
        synchronized (this) {
            jobs.put(job.name(), job);
        }
        return Reply.json(200, json(job));
    }

    private static String input(JsonNode input) throws RefusedException {
        if (!input.path("instancesFormat").asText("").equals("jsonl")
                || input.at("/gcsSource/uris").size() != 1) {
            throw invalid(
                    "The emulator reads inputConfig.instancesFormat jsonl with one inputConfig.gcsSource.uris only.");
        }
        String uri = input.at("/gcsSource/uris/0").asText("");
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches() || matcher.group(2) == null) {
            throw invalid("Invalid Cloud Storage URI: " + uri);
        }
        return matcher.group(1) + "/" + matcher.group(2);
    }

    private static Matcher output(JsonNode output) throws RefusedException {
        if (!output.path("predictionsFormat").asText("").equals("jsonl")) {
            throw invalid("The emulator writes outputConfig.predictionsFormat jsonl only.");
        }
        String prefix = output.at("/gcsDestination/outputUriPrefix").asText("");
        Matcher matcher = URI.matcher(prefix);
        if (!matcher.matches()) {
            throw invalid("Invalid Cloud Storage URI: " + prefix);
        }
        return matcher;
    }

    /** If the requests cannot be read, the job fails. */
    private BatchSource source(String input, Incoming incoming) throws IOException {
        Optional<ReferencePicture> file = objects.copy(input);
        BatchSource source =
                file.isEmpty() ? BatchSource.of(List.of(), List.of()) : BatchSource.of(file.get(), fields, line -> {});
        if (source.count() == 0 && incoming.generation().queue.failure == null) {
            incoming.generation().queue.failure = file.isEmpty()
                    ? "The Cloud Storage file does not exist: gs://" + input
                    : "The file has no requests: gs://" + input;
        }
        return source;
    }

    private synchronized VertexJob find(ApiCall call) throws RefusedException {
        VertexJob job = jobs.get(call.file());
        if (job == null || deleted.contains(job.name())) {
            throw new RefusedException(
                    ApiError.of(404, "NOT_FOUND", "The BatchPredictionJob does not exist: " + call.file()));
        }
        return job;
    }

    private synchronized Batch.State state(VertexJob job) {
        return cancelled.containsKey(job.name())
                ? Batch.State.CANCELLED
                : job.batch().state(clock.instant());
    }

    private ObjectNode json(VertexJob job) {
        return job.toJson(state(job), clock.instant());
    }

    private synchronized ObjectNode list(ApiCall call, Incoming incoming) throws RefusedException {
        List<VertexJob> newest = new ArrayList<>();
        String filter = incoming.queryParameter("filter").orElse("");
        for (VertexJob job : jobs.values()) {
            if (job.name().startsWith(call.file() + "/batchPredictionJobs/")
                    && !deleted.contains(job.name())
                    && matches(job, filter)) {
                newest.add(job);
            }
        }
        Collections.reverse(newest);
        int from = BatchesApi.number(incoming, "pageToken", 0);
        int size = BatchesApi.number(incoming, "pageSize", DEFAULT_PAGE_SIZE);
        int to = Math.min(newest.size(), from + (size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        if (from < to) {
            ArrayNode list = page.putArray("batchPredictionJobs");
            newest.subList(from, to).forEach(job -> list.add(json(job)));
        }
        if (to < newest.size()) {
            page.put("nextPageToken", Integer.toString(to));
        }
        return page;
    }

    private boolean matches(VertexJob job, String filter) throws RefusedException {
        if (filter.isBlank()) {
            return true;
        }
        for (String condition : filter.split(" AND ")) {
            Matcher parts = CONDITION.matcher(condition);
            if (!parts.matches()) {
                throw invalid(
                        "The emulator supports only filters by display_name and state, with =, != and AND: " + filter);
            }
            String is = parts.group(1).equals("state") ? "JOB_STATE_" + state(job) : job.displayName();
            if (is.equals(parts.group(3)) != parts.group(2).equals("=")) {
                return false;
            }
        }
        return true;
    }

    private synchronized Reply cancel(VertexJob job) {
        if (!state(job).isDone()) {
            cancelled.put(job.name(), clock.instant());
        }
        return Reply.json(200, JsonNodeFactory.instance.objectNode());
    }

    private synchronized Reply delete(VertexJob job) throws RefusedException {
        if (!state(job).isDone()) {
            throw new RefusedException(ApiError.of(
                    400, "FAILED_PRECONDITION", "The job is not in a final state; cancel it before it is deleted."));
        }
        deleted.add(job.name());
        ObjectNode operation = JsonNodeFactory.instance
                .objectNode()
                .put("name", job.name().replaceFirst("/batchPredictionJobs/", "/operations/"))
                .put("done", true);
        operation.putObject("response").put("@type", "type.googleapis.com/google.protobuf.Empty");
        return Reply.json(200, operation);
    }

    /** The results in a bucket with this prefix, by name. */
    synchronized List<String> outputs(String bucket, String prefix) {
        return jobs.values().stream()
                .filter(job -> job.bucket().equals(bucket) && job.predictions().startsWith(prefix) && hasOutput(job))
                .map(VertexJob::predictions)
                .toList();
    }

    /** Results that are created while they are sent. */
    Optional<Body> output(String bucket, String name, String url) throws IOException {
        Optional<VertexJob> job = find(bucket, name);
        return job.isEmpty()
                ? Optional.empty()
                : Optional.of(drawing.results(job.get().batch(), ResultForm.PREDICTIONS, url));
    }

    /** False when there are no results of this name. */
    synchronized boolean deleteOutput(String bucket, String name) {
        Optional<VertexJob> job = find(bucket, name);
        job.ifPresent(each -> withoutOutput.add(each.name()));
        return job.isPresent();
    }

    private synchronized Optional<VertexJob> find(String bucket, String name) {
        return jobs.values().stream()
                .filter(job -> job.bucket().equals(bucket) && job.predictions().equals(name) && hasOutput(job))
                .findFirst();
    }

    private boolean hasOutput(VertexJob job) {
        return job.batch().hasResults(state(job), clock.instant()) && !withoutOutput.contains(job.name());
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ApiError.invalidArgument(message));
    }
}
