package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.gemini.RequestChecks;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.LiveBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
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
import java.util.UUID;

/** The batches of the Developer API. Results are created when they are requested. Thread-safe. */
final class BatchesApi {

    private static final PictureFields FIELDS =
            (parent, field) -> Set.of("inlineData", "inline_data").contains(parent) && field.equals("data")
                    ? PictureFields.Form.BASE64
                    : PictureFields.Form.NONE;

    /** Concurrent batches (ai.google.dev/gemini-api/docs/rate-limits). */
    private static final int MOST_UNDER_WAY = 100;
    /** The largest request, in bytes; larger batches use a file (ai.google.dev/gemini-api/docs/batch-api). */
    private static final long LARGEST = 20L << 20;
    /** The query parameter that replaces the key for results on another host. */
    private static final String PERMISSION = "permission";

    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 1_000;
    private final EmulatorClock clock;
    private final Duration time;
    private final FileStore files;
    private final RequestChecks checks;
    private final BatchDrawing drawing;
    private final BatchWebhooks telling;
    private final WebhooksApi webhooks;
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private final Map<String, Instant> cancelled = new LinkedHashMap<>();
    private int made;

    BatchesApi(
            EmulatorClock clock,
            Duration time,
            FileStore files,
            RequestChecks checks,
            BatchDrawing drawing,
            BatchWebhooks telling,
            WebhooksApi webhooks) {
        this.telling = telling;
        this.webhooks = webhooks;
        this.clock = clock;
        this.time = time;
        this.files = files;
        this.checks = checks;
        this.drawing = drawing;
    }

    Reply reply(ApiCall call, Incoming incoming) throws RefusedException {
        try {
            return switch (call.operation()) {
                case ApiCall.BATCHES_CREATE -> create(call, incoming);
                case ApiCall.BATCHES_GET -> get(find(call), incoming);
                case ApiCall.BATCHES_LIST -> Reply.json(200, list(incoming));
                case ApiCall.BATCHES_CANCEL -> cancel(find(call));
                case ApiCall.BATCHES_DELETE -> delete(find(call));
                default -> download(call, incoming);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of batches created, including deleted ones. */
    synchronized int count() {
        return made;
    }

    /** All existing batches. */
    synchronized List<MadeBatch> all() {
        return batches.values().stream()
                .map(batch -> MadeBatch.of("batches/" + batch.id(), batch, "BATCH_STATE_" + state(batch)))
                .toList();
    }

    synchronized void clear() {
        batches.values().forEach(BatchesApi::close);
        batches.clear();
        cancelled.clear();
        made = 0;
    }

    private static void close(Batch batch) {
        try {
            batch.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply create(ApiCall call, Incoming incoming) throws RefusedException, IOException {
        if (incoming.header("Content-Length").map(Long::parseLong).orElse(0L) > LARGEST) {
            throw invalid("Request payload size exceeds the limit: " + LARGEST + " bytes.");
        }
        JsonNode asked = checks.known(call, "BatchGenerateContentRequest", incoming.body())
                .path("batch");
        checks.find(call);
        JsonNode input = asked.path("inputConfig");
        String file = input.path("fileName").asText("");
        JsonNode requests = input.path("requests").path("requests");
        if (file.isEmpty() == requests.isEmpty()) {
            throw invalid(
                    "* BatchGenerateContentRequest.batch.input_config: exactly one of requests and file_name must be"
                            + " set.\n");
        }
        checkRoom();
        BatchWebhooks.Asked told = told(asked.path("webhookConfig"), incoming.url() + "/" + call.version());
        BatchSource source = file.isEmpty() ? ofRequests(requests) : ofFile(file.replaceFirst("^files/", ""));
        if (source.count() == 0) {
            source.close();
            throw invalid("The batch has no requests.");
        }
        Batch batch = new Batch(
                UUID.randomUUID().toString().replace("-", "").substring(0, 20),
                asked.path("displayName").asText(""),
                call,
                source,
                file.isEmpty(),
                clock.instant(),
                incoming.generation().queue.time(time),
                incoming.generation(),
                told);
        synchronized (this) {
            batches.put(batch.id(), batch);
            made++;
        }
        telling.begun(batch, webhooks::subscribed);
        batch.end()
                .ifPresent(end -> clock.at(end, () -> {
                    Batch.State state = state(batch);
                    if (state != Batch.State.CANCELLED) {
                        tell(batch, state);
                    }
                }));
        return Reply.json(200, json(batch));
    }

    private synchronized void checkRoom() throws RefusedException {
        long underWay = batches.values().stream()
                .filter(batch -> !state(batch).isDone())
                .count();
        if (underWay >= MOST_UNDER_WAY) {
            throw new RefusedException(Quota.withoutDetails());
        }
    }

    private void tell(Batch batch, Batch.State state) {
        telling.ended(batch, state, webhooks::subscribed, () -> isThere(batch));
    }

    private synchronized boolean isThere(Batch batch) {
        return batches.containsKey(batch.id());
    }

    private static BatchWebhooks.Asked told(JsonNode config, String files) throws RefusedException {
        List<URI> uris = new ArrayList<>();
        for (JsonNode uri : config.path("uris")) {
            uris.add(WebhooksApi.uri(uri));
        }
        return new BatchWebhooks.Asked(uris, config.path("userMetadata"), files);
    }

    private BatchSource ofFile(String file) throws RefusedException, IOException {
        LineKeys keys = new LineKeys();
        BatchSource source = BatchSource.of(files.usable(file).copy(), FIELDS, keys::add);
        if (keys.repeated().isPresent()) {
            source.close();
            throw twice(keys.repeated().get());
        }
        return source;
    }

    private static RefusedException twice(String key) {
        return invalid("The key '" + key + "' occurs twice in the batch.");
    }

    private static BatchSource ofRequests(JsonNode requests) throws RefusedException, IOException {
        List<JsonNode> all = new ArrayList<>();
        List<ReferencePicture> copies = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (JsonNode request : requests) {
            String key = request.at("/metadata/key").asText("");
            if (!key.isEmpty() && !keys.add(key)) {
                throw twice(key);
            }
            JsonNode copy = request.deepCopy();
            for (JsonNode data : copy.findValues("data")) {
                if (data instanceof POJONode) {
                    keep(copy, copies);
                    break;
                }
            }
            all.add(copy);
        }
        return BatchSource.of(all, copies);
    }

    /** The pictures of a request are removed with the request. */
    private static void keep(JsonNode tree, List<ReferencePicture> copies) throws IOException {
        for (JsonNode parent : tree.findParents("data")) {
            if (parent.get("data") instanceof POJONode pojo && pojo.getPojo() instanceof ReferencePicture picture) {
                ReferencePicture copy = picture.copy();
                copies.add(copy);
                ((ObjectNode) parent).putPOJO("data", copy);
            }
        }
    }

    private synchronized Batch find(ApiCall call) throws RefusedException {
        Batch batch = batches.get(call.file());
        if (batch == null) {
            throw new RefusedException(ApiError.of(404, "NOT_FOUND", "Requested entity was not found."));
        }
        return batch;
    }

    private synchronized Batch.State state(Batch batch) {
        return cancelled.containsKey(batch.id()) ? Batch.State.CANCELLED : batch.state(clock.instant());
    }

    private ObjectNode json(Batch batch) {
        return batch.toJson(state(batch), clock.instant());
    }

    private Reply get(Batch batch, Incoming incoming) throws IOException {
        if (!batch.inline() || !batch.hasResults(state(batch), clock.instant())) {
            return Reply.json(200, json(batch));
        }
        String operation = json(batch).toString();
        String start = "\"metadata\":{";
        int at = operation.indexOf(start) + start.length();
        return new Reply(
                200,
                Reply.JSON,
                new Around(
                        operation.substring(0, at) + "\"output\":{\"inlinedResponses\":{\"inlinedResponses\":[",
                        results(batch, true, incoming),
                        "]}}," + operation.substring(at)));
    }

    private synchronized ObjectNode list(Incoming incoming) throws RefusedException {
        List<Batch> newest = new ArrayList<>(batches.values());
        Collections.reverse(newest);
        int from = number(incoming, "pageToken", 0);
        int size = number(incoming, "pageSize", DEFAULT_PAGE_SIZE);
        int to = Math.min(newest.size(), from + (size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        if (from < to) {
            ArrayNode operations = page.putArray("operations");
            newest.subList(from, to).forEach(batch -> operations.add(json(batch)));
        }
        if (to < newest.size()) {
            page.put("nextPageToken", Integer.toString(to));
        }
        return page;
    }

    private synchronized Reply cancel(Batch batch) {
        if (!state(batch).isDone()) {
            cancelled.put(batch.id(), clock.instant());
            tell(batch, Batch.State.CANCELLED);
        }
        return Reply.json(200, JsonNodeFactory.instance.objectNode());
    }

    private synchronized Reply delete(Batch batch) {
        batches.remove(batch.id());
        cancelled.remove(batch.id());
        close(batch);
        return Reply.json(200, JsonNodeFactory.instance.objectNode());
    }

    private Reply download(ApiCall call, Incoming incoming) throws RefusedException, IOException {
        Optional<Batch> batch;
        synchronized (this) {
            batch = batches.values().stream()
                    .filter(each -> each.resultFile().equals(call.file()))
                    .findFirst();
        }
        Optional<String> permission = incoming.queryParameter(PERMISSION);
        boolean there = batch.filter(each -> !each.inline() && each.hasResults(state(each), clock.instant()))
                .filter(each -> permission.isEmpty() || permission.get().equals(each.id()))
                .isPresent();
        if (!there) {
            throw new RefusedException(ApiError.of(
                    403,
                    "PERMISSION_DENIED",
                    "You do not have permission to access the File " + call.file() + " or it may not exist."));
        }
        if (batch.get().generation().queue.otherHost && permission.isEmpty()) {
            String elsewhere = batch.get().generation().queue.pictureHost(incoming.url()) + incoming.path()
                    + "?alt=media&" + PERMISSION + "=" + batch.get().id();
            return new Reply(302, "text/plain; charset=utf-8", Map.of("Location", elsewhere), Body.of(""));
        }
        return new Reply(200, "application/octet-stream", results(batch.get(), false, incoming));
    }

    /** Whether no key is needed. */
    static boolean isOpen(ApiCall call, Incoming incoming) {
        return call.operation().equals(ApiCall.FILES_DOWNLOAD)
                && incoming.queryParameter(PERMISSION).isPresent();
    }

    private BatchResults results(Batch batch, boolean inline, Incoming incoming) throws IOException {
        return drawing.results(batch, inline ? ResultForm.INLINE : ResultForm.LINES, incoming.url());
    }

    static int number(Incoming incoming, String parameter, int otherwise) throws RefusedException {
        try {
            return incoming.queryParameter(parameter)
                    .filter(text -> !text.isEmpty())
                    .map(Integer::parseInt)
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            throw invalid("Invalid value at '" + parameter + "'.");
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ApiError.invalidArgument(message));
    }

    /** Results with JSON around them. */
    private static final class Around implements LiveBody {

        private final Body before;
        private final BatchResults results;
        private final Body after;
        private boolean ended;

        Around(String before, BatchResults results, String after) {
            this.before = Body.of(before);
            this.results = results;
            this.after = Body.of(after);
        }

        @Override
        public ByteBuffer next() throws IOException {
            ByteBuffer bytes = before.next();
            if (bytes == null && !ended) {
                bytes = results.next();
                ended = bytes == null;
            }
            return bytes == null ? after.next() : bytes;
        }

        @Override
        public void whenReady(Runnable again) {
            results.whenReady(again);
        }
    }
}
