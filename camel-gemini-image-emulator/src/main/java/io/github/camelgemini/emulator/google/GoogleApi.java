package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.CloudCall;
import io.github.camelgemini.emulator.gemini.Continuations;
import io.github.camelgemini.emulator.gemini.GeminiApi;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.Generator;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.RequestChecks;
import io.github.camelgemini.emulator.gemini.SnakeCase;
import io.github.camelgemini.emulator.gemini.StreamedAnswer;
import io.github.camelgemini.emulator.gemini.Tokens;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google's own service: the Gemini Developer API and Vertex AI. */
public final class GoogleApi extends GeminiApi implements AutoCloseable {

    private static final ApiError STREAM_BROKE =
            ApiError.of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");

    private static final Set<String> UPLOADS = Set.of(ApiCall.FILES_UPLOAD, CloudCall.OBJECTS_UPLOAD);

    private final ModelCatalog catalog = ModelCatalog.load();
    private final Continuations continuations = new Continuations();
    private final HostedPictures hosted;
    private final EndedModels ended;
    private final RequestChecks checks;
    private final ModelPages pages;
    private final Credentials credentials;
    private final FileStore stored;
    private final FilesApi files;
    private final BatchesApi batches;
    private final VertexJobsApi jobs;
    private final StorageApi storage;
    private final WebhooksApi webhooks;
    private final Studio studio;

    /**
     * Creates the service.
     *
     * @param credentials that it accepts
     * @param clock for batches
     * @param batchTime how long a batch takes
     * @param fileLifetime how long uploaded files exist
     */
    public GoogleApi(
            Credentials credentials,
            Duration fileLifetime,
            EmulatorClock clock,
            Duration batchTime,
            Studio studio,
            EndedModels ended,
            HostedPictures hosted) {
        this.credentials = credentials;
        this.stored = new FileStore(fileLifetime);
        this.files = new FilesApi(stored);
        this.studio = studio;
        this.ended = ended;
        this.hosted = hosted;
        this.checks = new RequestChecks(catalog, ended);
        this.pages = new ModelPages(catalog, ended);
        BatchDrawing drawing = new BatchDrawing(stored, checks, studio, continuations, hosted);
        BatchWebhooks telling = new BatchWebhooks(clock);
        this.webhooks = new WebhooksApi(clock, telling);
        this.batches = new BatchesApi(clock, batchTime, stored, checks, drawing, telling, webhooks);
        ObjectStore objects = new ObjectStore();
        this.jobs = new VertexJobsApi(clock, batchTime, objects, checks, drawing, pictureFields());
        this.storage = new StorageApi(clock, objects, jobs);
    }

    @Override
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>(ApiCall.OPERATIONS);
        operations.addAll(CloudCall.OPERATIONS);
        return operations;
    }

    @Override
    public Optional<Target> target(String method, String path, String query) {
        return call(method, path, query)
                .map(call -> new Target(
                        call.operation(), call.model(), call.generates(), UPLOADS.contains(call.operation())));
    }

    @Override
    public String model(Target target, JsonNode body) {
        return target.operation().equals(CloudCall.JOBS_CREATE) ? VertexJobsApi.model(body) : target.model();
    }

    @Override
    public CompletableFuture<Reply> reply(Incoming incoming) {
        Optional<ApiCall> known = call(incoming);
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(Reply.notFoundPage(incoming.path()));
        }
        ApiCall call = known.get();
        try {
            // The URL of an upload needs no key, and public keys are public.
            boolean open = call.operation().equals(ApiCall.WEBHOOKS_KEYS)
                    || BatchesApi.isOpen(call, incoming)
                    || UPLOADS.contains(call.operation())
                            && incoming.queryParameter("upload_id").isPresent();
            if (!open) {
                credentials.check(call, incoming);
            }
            if (call.isAboutWebhooks()) {
                return CompletableFuture.completedFuture(webhooks.reply(call, incoming));
            }
            if (CloudCall.isAboutJobs(call)) {
                return CompletableFuture.completedFuture(jobs.reply(call, incoming));
            }
            if (CloudCall.isAboutObjects(call)) {
                return CompletableFuture.completedFuture(storage.reply(call, incoming));
            }
            if (call.isAboutBatches()) {
                return CompletableFuture.completedFuture(batches.reply(call, incoming));
            }
            if (call.isAboutFiles()) {
                return CompletableFuture.completedFuture(files.reply(call, incoming));
            }
            if (call.generates()) {
                return generate(call, incoming);
            }
            ObjectNode json =
                    switch (call.operation()) {
                        case ApiCall.MODELS_LIST -> pages.list(call, incoming);
                        case ApiCall.MODELS_GET -> pages.get(call, checks.find(call));
                        default -> countTokens(call, incoming);
                    };
            return CompletableFuture.completedFuture(Reply.json(200, json));
        } catch (RefusedException refused) {
            return CompletableFuture.completedFuture(error(refused.error()));
        }
    }

    @Override
    public Reply error(Incoming incoming, Trouble trouble) {
        ApiCall call = call(incoming)
                .orElseGet(() ->
                        ApiCall.generating(incoming.target().map(Target::model).orElse("")));
        return trouble.kind() == Trouble.Kind.OTHER_IN_LIST
                ? Reply.json(
                        trouble.code(),
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(GoogleErrors.of(trouble, call).toJson()))
                : error(GoogleErrors.of(trouble, call));
    }

    @Override
    public void clear() {
        continuations.clear();
        clearBatches();
        webhooks.clear();
    }

    /** The number of batches created, including deleted ones and those whose answer was lost. */
    public int batches() {
        return batches.count() + jobs.count();
    }

    /** All existing batches, including those whose answer was lost. */
    public List<MadeBatch> madeBatches() {
        return Stream.concat(batches.all().stream(), jobs.all().stream()).toList();
    }

    /** Removes all batches. */
    public void clearBatches() {
        batches.clear();
        jobs.clear();
    }

    /** Removes uploaded files, as if they had expired, and the objects in Cloud Storage. */
    public void clearFiles() {
        files.close();
        storage.close();
    }

    @Override
    public void close() {
        clearBatches();
        clearFiles();
    }

    private static Optional<ApiCall> call(Incoming incoming) {
        String query = incoming.query().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + String.join(",", parameter.getValue()))
                .collect(Collectors.joining("&"));
        return call(incoming.method(), incoming.path(), query);
    }

    private static Optional<ApiCall> call(String method, String path, String query) {
        return ApiCall.of(method, path, query).or(() -> CloudCall.of(method, path, query));
    }

    private static Reply error(ApiError error) {
        return Reply.json(error.code(), error.toJson());
    }

    private ObjectNode countTokens(ApiCall call, Incoming incoming) throws RefusedException {
        Tokens tokens = Tokens.ofPrompt(checks.countTokens(call, incoming.body()));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("totalTokens", tokens.total());
        json.set("promptTokensDetails", tokens.details());
        return json;
    }

    private CompletableFuture<Reply> generate(ApiCall call, Incoming incoming) throws RefusedException {
        GenerateRequest request = checks.generate(call, incoming.body());
        ImageModel model = checks.find(call);
        // Before the pictures of files are put into it.
        Continuations.Hop hop = continuations.hop(call, request, incoming.generation());
        boolean snakeCase = hop.generation().snakeCase;
        if (!call.surface().isVertex()) {
            stored.resolve(request);
        }
        if (!ended.call(model.id())) {
            throw new RefusedException(ApiError.modelNotFound(call));
        }
        boolean events = incoming.queryParameter("alt").filter("sse"::equals).isPresent();
        return new Generator(call, incoming.url(), model, request, hop)
                .answer(studio, continuations, hosted)
                .thenApply(answer -> call.streams()
                        ? StreamedAnswer.of(answer, hop.generation(), STREAM_BROKE.toJson())
                                .map(chunk -> snakeCase ? SnakeCase.of(chunk) : chunk)
                                .reply(events)
                        : Reply.json(200, snakeCase ? SnakeCase.of(answer.whole()) : answer.whole()))
                .thenApply(reply -> call.surface().isVertex()
                        ? reply
                        : reply.withHeader("x-gemini-service-tier", request.serviceTier()));
    }
}
