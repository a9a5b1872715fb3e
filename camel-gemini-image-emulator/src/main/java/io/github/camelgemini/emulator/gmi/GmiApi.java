package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.ReferenceFetch;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.queue.Jobs;
import io.github.camelgemini.emulator.queue.Kept;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Base64Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * GMI Cloud's request queue, as the quickstart of gemini-3.1-flash-image-preview describes it, and where that is silent as
 * its clients have met it.
 */
public final class GmiApi implements Api {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ORG = "00000000-0000-4000-8000-000000000000";

    /** Google's, as GMI's for Gemini 3 Pro are; its own for this model are not published. */
    private static final Map<String, BigDecimal> PRICES = Map.of(
            "512", new BigDecimal("0.045"),
            "1K", new BigDecimal("0.067"),
            "2K", new BigDecimal("0.101"),
            "4K", new BigDecimal("0.151"));

    private final Optional<String> key;
    private final Optional<BigDecimal> balance;
    private final EmulatorClock clock;
    private final Duration queueTime;
    private final Studio studio;
    private final EndedModels ended;
    private final HostedPictures hosted;
    private final ModelCatalog catalog = ModelCatalog.of("gmi");
    private final Jobs jobs = new Jobs();
    private final Uploading uploads;
    private final ReferenceFetch fetch;

    /**
     * Opens it.
     *
     * @param key the only valid one; nothing accepts any
     * @param balance what there is to be spent, in US dollars; nothing for no end
     * @param queueTime how long a request is in the queue when no fault says otherwise
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
        this.balance = balance;
        this.clock = clock;
        this.queueTime = queueTime;
        this.studio = studio;
        this.ended = ended;
        this.hosted = hosted;
        this.uploads = new Uploading(clock);
        this.fetch = new ReferenceFetch(path -> hosted.bytes(path).or(() -> uploads.bytes(path)));
    }

    /** What was submitted. */
    public Jobs jobs() {
        return jobs;
    }

    /** The status of a request, by the names of the documents. */
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
        return References.of(request.references(), fetch, incoming.url())
                .handle((references, failure) -> {
                    Optional<References> had = Optional.ofNullable(references);
                    try {
                        return taken(request, had, failure != null, incoming);
                    } finally {
                        had.ifPresent(References::close);
                    }
                })
                .thenCompose(reply -> reply);
    }

    private CompletableFuture<Reply> taken(
            GmiRequest request, Optional<References> references, boolean missing, Incoming incoming) {
        Generation generation = incoming.generation();
        int number = generation.parts ? generation.pictures : 0;
        BigDecimal price = PRICES.get(request.size()).multiply(BigDecimal.valueOf(number));
        Job job;
        synchronized (jobs) {
            if (balance.filter(all -> all.subtract(held()).compareTo(price) < 0).isPresent()) {
                return CompletableFuture.completedFuture(GmiError.outOfCredits().reply());
            }
            if (!ended.call(request.model().id())) {
                return CompletableFuture.completedFuture(
                        GmiError.modelNotFound(request.model().id()).reply());
            }
            job = new Job(order(request, references, missing, number, price, incoming));
            jobs.add(job);
        }
        if (!generation.queue.blocking) {
            return CompletableFuture.completedFuture(
                    Reply.json(200, json(job, incoming).submitted(generation.queue)));
        }
        return job.ended(clock)
                .thenApply(any -> Reply.json(200, json(job, incoming).submitted(generation.queue)));
    }

    private BigDecimal held() {
        Instant now = clock.instant();
        return jobs.all().stream().map(job -> job.held(now)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Job.Order order(
            GmiRequest request,
            Optional<References> references,
            boolean missing,
            int number,
            BigDecimal price,
            Incoming incoming) {
        Generation generation = incoming.generation();
        List<Drawing.Tile> tiles = Kept.tiles(references.map(References::tiles).orElse(List.of()));
        List<ReferencePicture> kept = new ArrayList<>(tiles.stream()
                .map(Drawing.Tile::picture)
                .filter(Objects::nonNull)
                .toList());
        Drawings drawings = new Drawings(request.wish(tiles), request.model(), generation);
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            paths.add(host(drawings.drawing(n), generation));
        }
        Instant now = clock.instant();
        return new Job.Order(
                UUID.randomUUID().toString(),
                request.model().id(),
                request.prompt(),
                now,
                now,
                generation.queue.time(queueTime),
                hosted(request.payload(), incoming.url(), kept),
                "",
                drawings,
                paths,
                missing ? Optional.of("failed to download input image") : failure(generation, number),
                price,
                generation,
                kept);
    }

    private static Optional<String> failure(Generation generation, int pictures) {
        if (generation.queue.failure != null) {
            return Optional.of(generation.queue.failure);
        }
        return pictures > 0
                ? Optional.empty()
                : Optional.of("No image was generated: " + generation.finishReason
                        + (generation.finishMessage == null ? "" : " " + generation.finishMessage));
    }

    private String host(Drawing drawing, Generation generation) {
        String mimeType = generation.declaredMimeType == null ? drawing.mimeType() : generation.declaredMimeType;
        return hosted.keepUndrawn(mimeType, () -> studio.make(drawing)
                .thenApply(picture -> Base64Body.plain(generation.bytes(picture), generation.pictureBytes)));
    }

    /** The payload with an address in place of each picture, so that it can be sent again as the turns before the next. */
    private JsonNode hosted(JsonNode node, String url, List<ReferencePicture> kept) {
        if (node instanceof POJONode pojo) {
            return NODES.textNode(address((ReferencePicture) pojo.getPojo(), "", url, kept));
        }
        if (node.isArray()) {
            ArrayNode copy = NODES.arrayNode();
            node.forEach(element -> copy.add(hosted(element, url, kept)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().path("data") instanceof POJONode data) {
                String mimeType = field.getValue().path("mimeType").asText();
                copy.putObject("fileData")
                        .put("mimeType", mimeType)
                        .put("fileUri", address((ReferencePicture) data.getPojo(), mimeType, url, kept));
            } else {
                copy.set(field.getKey(), hosted(field.getValue(), url, kept));
            }
        }
        return copy;
    }

    private String address(ReferencePicture picture, String mimeType, String url, List<ReferencePicture> kept) {
        try {
            ReferencePicture copy = picture.copy();
            kept.add(copy);
            return url + hosted.keep(mimeType.isEmpty() ? copy.mimeType() : mimeType, copy::body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Its shape is undocumented: in {@code requests} unless a habit says otherwise. */
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

    /** Undocumented, and tried by a client. */
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
        // When to come back is undocumented; services like this one say it in this header.
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
