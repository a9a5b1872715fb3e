package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.api.ReferenceFetch;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.queue.Jobs;
import io.github.camelgemini.emulator.queue.PicturesToCome;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * inference.sh, as its documents (api/rest/overview, tasks, files, entitlements) and the types of its own client,
 * {@code
 * @inferencesh/sdk} 0.6.54, describe it. Each run of an app is a task, whose state can be polled, streamed, or sent to
 *     a webhook.
 */
public final class InferenceApi implements Api {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Optional<String> key;
    private final EmulatorClock clock;
    private final HostedPictures hosted;
    private final Jobs jobs = new Jobs();
    private final Apps apps;
    private final Files files;
    private final Tasks tasks;
    private final ReferenceFetch fetch;
    private final RateLimits limits = new RateLimits();

    /**
     * Creates the service.
     *
     * @param key the only valid one; empty accepts any
     * @param taskTime how long a task takes without a fault
     */
    public InferenceApi(
            Optional<String> key,
            EmulatorClock clock,
            Duration taskTime,
            Studio studio,
            EndedModels ended,
            HostedPictures hosted) {
        this.key = key;
        this.clock = clock;
        this.hosted = hosted;
        this.apps = new Apps(ended);
        this.files = new Files(clock);
        this.tasks = new Tasks(jobs, clock, taskTime, new PicturesToCome(studio, hosted, clock));
        this.fetch = new ReferenceFetch(path -> hosted.bytes(path).or(() -> files.bytes(path)));
    }

    /** All tasks. */
    public Jobs jobs() {
        return jobs;
    }

    /** The name of a task's status. */
    public String status(Job job) {
        return Status.of(job, clock.instant()).text();
    }

    @Override
    public Set<String> operations() {
        return Endpoint.operations();
    }

    @Override
    public Optional<Target> target(String method, String path, String query) {
        return Endpoint.of(method, path).map(Endpoint.Call::target);
    }

    @Override
    public PictureFields pictureFields() {
        return (parent, field) -> Set.of("images", "context_files").contains(parent) && field.isEmpty()
                ? PictureFields.Form.ANY
                : PictureFields.Form.NONE;
    }

    @Override
    public String model(Target target, JsonNode body) {
        return target.model().isEmpty() ? body.path("app").asText().replaceFirst("@.*", "") : target.model();
    }

    @Override
    public String prompt(JsonNode body) {
        return body.path("input").path("prompt").asText(body.path("prompt").asText());
    }

    @Override
    public String opening() {
        return "{\"data\":[\"";
    }

    @Override
    public CompletableFuture<Reply> reply(Incoming incoming) {
        try {
            Endpoint.Call call = Endpoint.of(incoming.method(), incoming.path())
                    .orElseThrow(() -> new RefusedByInferenceException(Problem.notFound(incoming.path())));
            if (!call.endpoint().isOpen()) {
                checkKey(incoming);
            }
            if (!incoming.generation().queue.rateLimits) {
                return answer(call, incoming);
            }
            RateLimits.Left left = limits.count(call.endpoint(), clock.instant());
            if (left == null) {
                return answer(call, incoming);
            }
            return left.remaining() < 0
                    ? CompletableFuture.completedFuture(
                            left.tell(Problem.rateLimited().reply()))
                    : answer(call, incoming).thenApply(left::tell);
        } catch (RefusedByInferenceException refused) {
            return CompletableFuture.completedFuture(refused.problem().reply());
        }
    }

    private void checkKey(Incoming incoming) throws RefusedByInferenceException {
        Optional<String> sent = incoming.bearerToken();
        if (sent.isEmpty() || (key.isPresent() && !key.equals(sent))) {
            throw new RefusedByInferenceException(Problem.key());
        }
    }

    private CompletableFuture<Reply> answer(Endpoint.Call call, Incoming incoming) throws RefusedByInferenceException {
        return switch (call.endpoint()) {
            case RUN, RUN_SHORT, RUN_APP -> run(call, incoming);
            default -> CompletableFuture.completedFuture(at(call, incoming));
        };
    }

    private Reply at(Endpoint.Call call, Incoming incoming) throws RefusedByInferenceException {
        String id = call.id();
        JsonNode body = incoming.body().json();
        return switch (call.endpoint()) {
            case TASK_GET -> Envelope.of(incoming, task(id, incoming).full());
            case TASK_STATUS -> Envelope.of(incoming, task(id, incoming).statusOnly());
            case TASK_LOGS -> Envelope.of(incoming, task(id, incoming).logsOnly());
            case TASK_TIMINGS -> Envelope.of(incoming, task(id, incoming).timings());
            case TASK_TELEMETRY -> Envelope.of(incoming, task(id, incoming).telemetry());
            case TASK_STREAM -> stream(job(id), incoming);
            case TASK_CANCEL -> Envelope.of(incoming, cancel(job(id), incoming));
            case TASK_DELETE -> deleted(job(id), incoming);
            case TASK_LIST -> Envelope.of(incoming, list(body, incoming));
            case TASK_FILES -> Envelope.of(incoming, filesOf(job(id), incoming));
            case TASK_FILES_DELETE -> Envelope.of(incoming, deleteFiles(job(id), incoming));
            case FILE_CREATE -> Envelope.of(incoming, files.create(incoming));
            case FILE_GET -> Envelope.of(incoming, files.get(id, incoming.url()));
            case FILE_LIST -> Envelope.of(incoming, files.list(body, incoming.url()));
            case FILE_PUT -> files.put(id, incoming);
            case FILE_CONTENT -> files.content(id);
            case FILE_DELETE -> {
                files.delete(id);
                yield Envelope.of(incoming, NullNode.getInstance());
            }
            case APP_GET, APP_GET_BY_ID ->
                Envelope.of(
                        incoming,
                        apps.find(id)
                                .orElseThrow(() -> new RefusedByInferenceException(Problem.notFound("app " + id)))
                                .json());
            case APP_LIST -> Envelope.of(incoming, TaskList.page(body, apps.all(), Apps.App::id, Apps.App::json));
            case OPENAPI -> Reply.json(200, Endpoint.openApi());
            case ENTITLEMENTS -> Envelope.of(incoming, entitlements());
            case ENTITLEMENTS_USAGE -> Envelope.of(incoming, usage());
            case RUN, RUN_SHORT, RUN_APP -> throw new IllegalStateException("Runs are answered by themselves");
        };
    }

    private CompletableFuture<Reply> run(Endpoint.Call call, Incoming incoming) throws RefusedByInferenceException {
        RunRequest request = RunRequest.of(incoming, call.id(), apps);
        Queueing.Requirement requirement = incoming.generation().queue.requirement;
        if (requirement != null) {
            return CompletableFuture.completedFuture(unmet(requirement));
        }
        return References.of(request.references(), fetch, incoming.url())
                .handle((references, failure) -> {
                    // Missing pictures make the task fail later, because the worker fetches them.
                    Optional<String> missing =
                            failure == null ? Optional.empty() : Optional.of("Failed to download input file");
                    Optional<References> had = Optional.ofNullable(references);
                    try {
                        return apps.call(request.app())
                                ? Optional.of(tasks.submit(request, had, missing, incoming))
                                : Optional.<Job>empty();
                    } finally {
                        had.ifPresent(References::close);
                    }
                })
                .thenCompose(job -> job.isEmpty()
                        ? CompletableFuture.completedFuture(
                                Problem.notFound("app " + request.app().name()).reply())
                        : ran(job.get(), request, incoming));
    }

    private CompletableFuture<Reply> ran(Job job, RunRequest request, Incoming incoming) {
        CompletableFuture<Job> then = request.waits() ? job.ended(clock) : CompletableFuture.completedFuture(job);
        return then.thenApply(any -> Envelope.of(incoming, json(job, incoming).result()));
    }

    private static Reply unmet(Queueing.Requirement requirement) {
        ObjectNode json = NODES.objectNode().put("satisfied", false);
        ObjectNode error = json.putArray("errors")
                .addObject()
                .put("type", requirement.type())
                .put("key", requirement.key())
                .put("message", requirement.message());
        String action =
                switch (requirement.type()) {
                    case "secret" -> "add_secret";
                    case "integration" -> "connect";
                    default -> "add_scopes";
                };
        error.putObject("action").put("type", action);
        return Reply.json(412, json);
    }

    private Job job(String id) throws RefusedByInferenceException {
        return jobs.find(id).orElseThrow(() -> new RefusedByInferenceException(Problem.notFound("task " + id)));
    }

    private TaskJson task(String id, Incoming incoming) throws RefusedByInferenceException {
        return json(job(id), incoming);
    }

    private TaskJson json(Job job, Incoming incoming) {
        return new TaskJson(job, clock.instant(), incoming.url(), incoming.generation());
    }

    private Reply stream(Job job, Incoming incoming) {
        String accept = incoming.header("Accept").orElse("");
        boolean events = !accept.contains("application/x-ndjson");
        int heard = incoming.header("Last-Event-ID")
                .filter(number -> number.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        return new Reply(
                        200,
                        events ? "text/event-stream" : "application/x-ndjson",
                        new TaskStream(job, clock, incoming.url(), incoming.generation(), events, heard))
                .withHeader("Cache-Control", "no-cache");
    }

    /** The answer for a task that has already ended is not documented; here it says that nothing was cancelled. */
    private ObjectNode cancel(Job job, Incoming incoming) {
        boolean cancelled = job.cancel(clock.instant());
        ObjectNode json = NODES.objectNode().put("id", job.id());
        json.set("status", json(job, incoming).status().json(incoming.generation().queue));
        return json.put("cancelled", cancelled);
    }

    private ObjectNode list(JsonNode body, Incoming incoming) throws RefusedByInferenceException {
        Instant now = clock.instant();
        return TaskList.page(
                body, jobs.all(), Job::id, job -> new TaskJson(job, now, incoming.url(), incoming.generation()).full());
    }

    private Reply deleted(Job job, Incoming incoming) {
        if (incoming.queryParameter("files").filter("true"::equals).isPresent()) {
            job.order().pictures().forEach(hosted::forget);
        }
        jobs.remove(job.id());
        return new Reply(204, Reply.JSON, Body.of(""));
    }

    private ArrayNode filesOf(Job job, Incoming incoming) {
        ArrayNode list = NODES.arrayNode();
        String role = incoming.queryParameter("role").orElse("");
        if (!role.equals("output")) {
            job.order().request().at("/input/images").forEach(image -> file(list, job, image.asText(), "input"));
        }
        if (!role.equals("input") && Status.of(job, clock.instant()) == Status.COMPLETED) {
            job.order().pictures().forEach(path -> file(list, job, incoming.url() + path, "output"));
        }
        return list;
    }

    private static void file(ArrayNode list, Job job, String uri, String role) {
        list.addObject().put("id", job.id() + "-" + list.size()).put("uri", uri).put("role", role);
    }

    private ObjectNode deleteFiles(Job job, Incoming incoming) {
        ObjectNode json = NODES.objectNode();
        ArrayNode deleted = json.putArray("deleted");
        ArrayNode skipped = json.putArray("skipped");
        for (JsonNode file : filesOf(job, incoming)) {
            String uri = file.path("uri").asText();
            boolean output = uri.startsWith(incoming.url())
                    && hosted.forget(uri.substring(incoming.url().length()));
            if (output || files.deleteAt(uri, incoming.url())) {
                deleted.add(file.path("id"));
            } else {
                skipped.addObject().put("id", file.path("id").asText()).put("reason", "not_found");
            }
        }
        return json;
    }

    private static ObjectNode entitlements() {
        ObjectNode json = NODES.objectNode().put("plan", "emulator");
        json.putObject("limits").put("concurrency", 100);
        return json;
    }

    private ObjectNode usage() {
        Instant now = clock.instant();
        long running = jobs.all().stream()
                .filter(job -> job.outcome(now) == Job.Outcome.PENDING)
                .count();
        ObjectNode json = NODES.objectNode();
        json.putObject("concurrency").put("current", running).put("limit", 100);
        return json;
    }

    @Override
    public Reply error(Incoming incoming, Trouble trouble) {
        String app = incoming.target().map(Target::model).orElse("");
        Reply reply = Problem.of(trouble, app).reply();
        if (trouble.retryDelay().isZero()) {
            return reply;
        }
        long seconds = trouble.retryDelay().plusMillis(999).toSeconds();
        return reply.withHeader("Retry-After", Long.toString(seconds))
                .withHeader("X-RateLimit-Remaining", "0")
                .withHeader(
                        "X-RateLimit-Reset",
                        Long.toString(clock.instant().plusSeconds(seconds).getEpochSecond()));
    }

    @Override
    public void clear() {
        jobs.clear();
        files.clear();
        limits.clear();
        hosted.clear();
    }
}
