package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.ReferenceFetch;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.queue.Jobs;
import io.github.camelgemini.emulator.queue.PicturesToCome;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * GMI Cloud's request queue, as the quickstart of gemini-3.1-flash-image-preview describes it. What that does not
 * describe is as its clients have seen it.
 */
public final class GmiApi implements Api {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ORG = "00000000-0000-4000-8000-000000000000";

    private final Optional<String> key;
    private final EmulatorClock clock;
    private final Studio studio;
    private final EndedModels ended;
    private final HostedPictures hosted;
    private final ModelCatalog catalog = ModelCatalog.of("gmi");
    private final Jobs jobs = new Jobs();
    private final Uploading uploads;
    private final Submissions submissions;

    /**
     * Creates the service.
     *
     * @param key the only valid one; empty accepts any
     * @param balance in US dollars; empty for unlimited
     * @param queueTime how long a request is in the queue without a fault
     */
    public GmiApi(
            Optional<String> key,
            Optional<BigDecimal> balance,
            EmulatorClock clock,
            Duration queueTime,
            Studio studio,
            EndedModels ended,
            HostedPictures hosted) {
        this.key = key;
        this.clock = clock;
        this.studio = studio;
        this.ended = ended;
        this.hosted = hosted;
        this.uploads = new Uploading(clock);
        this.submissions = new Submissions(
                jobs,
                balance,
                clock,
                queueTime,
                ended,
                new PicturesToCome(studio, hosted, clock),
                hosted,
                new ReferenceFetch(path -> hosted.bytes(path).or(() -> uploads.bytes(path))));
    }

    /** The submitted requests. */
    public Jobs jobs() {
        return jobs;
    }

    /** The status of a request, in the words of the documents. */
    public String status(Job job) {
        return RequestJson.status(job, clock.instant(), new Generation().queue);
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
        return (parent, field) -> {
            if (field.equals("data") && parent.equals("inlineData")) {
                return PictureFields.Form.BASE64;
            }
            boolean image =
                    (parent.equals("payload") && field.equals("image")) || (parent.equals("image") && field.isEmpty());
            return image ? PictureFields.Form.ANY : PictureFields.Form.NONE;
        };
    }

    @Override
    public String model(Target target, JsonNode body) {
        return target.model().isEmpty() ? body.path("model").asText() : target.model();
    }

    @Override
    public String prompt(JsonNode body) {
        return GmiRequest.prompt(body.path("payload"));
    }

    @Override
    public String opening() {
        return "{\"outcome\":[\"";
    }

    @Override
    public CompletableFuture<Reply> reply(Incoming incoming) {
        try {
            Endpoint.Call call = Endpoint.of(incoming.method(), incoming.path())
                    .orElseThrow(() -> new RefusedByGmiException(GmiError.notFound(incoming.path())));
            if (!call.endpoint().isOpen()) {
                checkKey(incoming);
            }
            return switch (call.endpoint()) {
                case SUBMIT -> submit(incoming);
                case GET -> get(job(call.id()), incoming);
                default -> CompletableFuture.completedFuture(at(call, incoming));
            };
        } catch (RefusedByGmiException refused) {
            return CompletableFuture.completedFuture(refused.error().reply());
        }
    }

    private void checkKey(Incoming incoming) throws RefusedByGmiException {
        Optional<String> sent = incoming.bearerToken();
        if (sent.isEmpty() || (key.isPresent() && !key.equals(sent))) {
            throw new RefusedByGmiException(GmiError.key());
        }
    }

    private Reply at(Endpoint.Call call, Incoming incoming) throws RefusedByGmiException {
        return switch (call.endpoint()) {
            case LIST -> Reply.json(200, list(incoming));
            case CANCEL -> cancel(job(call.id()), incoming);
            case MODELS -> Reply.json(200, models());
            case MODEL -> Reply.json(200, model(call.id()));
            case UPLOAD_URL -> uploads.announce(incoming);
            case UPLOAD -> uploads.put(call.id(), incoming);
            case UPLOADED -> uploads.get(call.id());
            case SUBMIT, GET -> throw new IllegalStateException("These are answered by themselves");
        };
    }

    private Job job(String id) throws RefusedByGmiException {
        return jobs.find(id).orElseThrow(() -> new RefusedByGmiException(GmiError.notFound("request " + id)));
    }

    private RequestJson json(Job job, Incoming incoming) {
        return new RequestJson(
                job,
                clock.instant(),
                incoming.url(),
                incoming.header("X-Organization-ID").orElse(ORG));
    }

    private CompletableFuture<Reply> submit(Incoming incoming) throws RefusedByGmiException {
        GmiRequest request = GmiRequest.of(incoming.body(), catalog, ended);
        Generation generation = incoming.generation();
        if (generation.blockReason != null) {
            throw new RefusedByGmiException(
                    GmiError.invalid("The request was blocked by the content policy: " + generation.blockReason));
        }
        return submissions.take(request, incoming).thenCompose(taken -> {
            if (taken.refusal() != null) {
                return CompletableFuture.completedFuture(taken.refusal().reply());
            }
            Job job = taken.job();
            CompletableFuture<Job> then =
                    generation.queue.blocking ? job.ended(clock) : CompletableFuture.completedFuture(job);
            return then.thenApply(any -> Reply.json(200, json(job, incoming).submitted(generation.queue)));
        });
    }

    private CompletableFuture<Reply> get(Job job, Incoming incoming) {
        RequestJson json = json(job, incoming);
        Generation made = job.order().generation();
        boolean inline = made.formOr(Generation.Form.URL) == Generation.Form.INLINE
                && job.outcome(clock.instant()) == Job.Outcome.SUCCEEDED;
        List<CompletableFuture<EncodedPicture>> pictures = new ArrayList<>();
        for (int n = 0; inline && n < job.order().pictures().size(); n++) {
            pictures.add(studio.make(job.order().drawings().drawing(n)));
        }
        return CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .thenApply(all -> Reply.json(
                        200,
                        json.full(
                                incoming.generation().queue,
                                pictures.stream().map(CompletableFuture::join).toList())));
    }

    /** The format is not documented: in {@code requests} unless a fault changes it. */
    private JsonNode list(Incoming incoming) {
        String model = incoming.queryParameter("model_id").orElse("");
        ArrayNode list = NODES.arrayNode();
        for (Job job : jobs.all()) {
            if (model.isEmpty() || job.order().model().equals(model)) {
                list.add(json(job, incoming).full(incoming.generation().queue, List.of()));
            }
        }
        String field = incoming.generation().queue.listField;
        if (field == null) {
            return list;
        }
        ObjectNode json = NODES.objectNode();
        json.set(field, list);
        return json;
    }

    /** Not documented, but used by a client. */
    private Reply cancel(Job job, Incoming incoming) {
        if (!incoming.generation().queue.cancels) {
            return GmiError.notFound("DELETE " + incoming.path()).reply();
        }
        if (!job.cancel(clock.instant())) {
            return GmiError.invalid("request " + job.id() + " has already finished")
                    .reply();
        }
        return Reply.json(200, json(job, incoming).submitted(incoming.generation().queue));
    }

    private ObjectNode models() {
        ObjectNode json = NODES.objectNode();
        ArrayNode ids = json.putArray("model_ids");
        available().forEach(model -> ids.add(model.id()));
        return json;
    }

    private List<ImageModel> available() {
        return catalog.all().stream()
                .filter(model -> !ended.hasEnded(model.id()))
                .toList();
    }

    private ObjectNode model(String id) throws RefusedByGmiException {
        ImageModel model = available().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedByGmiException(GmiError.modelNotFound(id)));
        ObjectNode json = NODES.objectNode()
                .put("model", model.id())
                .put("org_id", ORG)
                .put("brief_description", model.displayName())
                .put("detailed_description", model.displayName() + ", image generation and editing");
        json.putArray("modalities").add("image");
        ArrayNode parameters = json.putArray("parameters");
        parameter(parameters, "prompt", "string", true);
        parameter(parameters, "image", "array", false);
        parameter(parameters, "image_size", "string", false);
        parameter(parameters, "aspect_ratio", "string", false);
        parameter(parameters, "image_output_format", "string", false);
        parameter(parameters, "contents", "array", false);
        return json;
    }

    private static void parameter(ArrayNode parameters, String name, String type, boolean required) {
        parameters
                .addObject()
                .put("name", name)
                .put("display_name", name.replace('_', ' '))
                .put("description", "")
                .put("type", type)
                .put("required", required);
    }

    @Override
    public Reply error(Incoming incoming, Trouble trouble) {
        String model = incoming.target().map(Target::model).orElse("");
        Reply reply = GmiError.of(trouble, model).reply();
        // The header for the retry delay is not documented; similar services use this one.
        return trouble.retryDelay().isZero()
                ? reply
                : reply.withHeader(
                        "Retry-After",
                        Long.toString(trouble.retryDelay().plusMillis(999).toSeconds()));
    }

    @Override
    public void clear() {
        jobs.clear();
        uploads.clear();
        hosted.clear();
    }
}
