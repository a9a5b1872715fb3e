package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.CloudCall;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.queue.Ids;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Cloud Storage's JSON API that batches of Vertex AI need. */
final class StorageApi implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
    private static final int DEFAULT_PAGE_SIZE = 1_000;
    private static final String BYTES = "application/octet-stream";

    private final EmulatorClock clock;
    private final ObjectStore objects;
    private final VertexJobsApi jobs;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    StorageApi(EmulatorClock clock, ObjectStore objects, VertexJobsApi jobs) {
        this.clock = clock;
        this.objects = objects;
        this.jobs = jobs;
    }

    /** A resumable upload in progress. Used by one request at a time. */
    private static final class Upload {
        private final String path;
        private final String contentType;
        private final ReferencePicture.Receiver received = new ReferencePicture.Receiver();
        private ObjectStore.Stored stored;

        Upload(String path, String contentType) {
            this.path = path;
            this.contentType = contentType;
        }
    }

    Reply reply(ApiCall call, Incoming incoming) throws RefusedException {
        try {
            return switch (call.operation()) {
                case CloudCall.OBJECTS_INSERT -> start(call, incoming);
                case CloudCall.OBJECTS_UPLOAD ->
                    incoming.queryParameter("upload_id").isPresent() ? resume(incoming) : put(call, incoming);
                case CloudCall.OBJECTS_GET -> get(call, incoming);
                case CloudCall.OBJECTS_LIST -> Reply.json(200, list(call, incoming));
                default -> delete(call);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply put(ApiCall call, Incoming incoming) throws RefusedException, IOException {
        String name = incoming.queryParameter("name").orElse("");
        ReferencePicture sent = incoming.body().pictures().get(0);
        return Reply.json(
                200,
                store(path(call, name), incoming.header("Content-Type").orElse(BYTES), sent.copy())
                        .toJson());
    }

    private ObjectStore.Stored store(String path, String contentType, ReferencePicture content) {
        ObjectStore.Stored object = new ObjectStore.Stored(path, contentType, content, clock.instant());
        objects.put(object);
        return object;
    }

    private static String path(ApiCall call, String name) throws RefusedException {
        if (name.isEmpty()) {
            throw new RefusedException(ApiError.of(400, "INVALID_ARGUMENT", "Required parameter: name"));
        }
        return call.file() + name;
    }

    private Reply start(ApiCall call, Incoming incoming) throws RefusedException {
        String type = incoming.queryParameter("uploadType").orElse("");
        if (!type.equals("resumable")) {
            throw new RefusedException(ApiError.invalidArgument(
                    "The emulator accepts only uploadType=media and uploadType=resumable, not '" + type + "'."));
        }
        String name = incoming.queryParameter("name")
                .orElseGet(() -> incoming.body().json().path("name").asText(""));
        String path = path(call, name);
        String contentType = Optional.of(
                        incoming.body().json().path("contentType").asText(""))
                .filter(text -> !text.isEmpty())
                .or(() -> incoming.header("X-Upload-Content-Type"))
                .orElse(BYTES);
        String id = Ids.next(32);
        uploads.put(id, new Upload(path, contentType));
        String address = incoming.url() + incoming.path() + "?uploadType=resumable&name="
                + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&upload_id=" + id;
        return new Reply(
                200, "text/plain; charset=utf-8", Map.of("Location", address, "X-GUploader-UploadID", id), Body.of(""));
    }

    /** Adds bytes to a resumable upload, or tells how many there are. */
    private Reply resume(Incoming incoming) throws RefusedException, IOException {
        Upload upload = uploads.get(incoming.queryParameter("upload_id").orElse(""));
        if (upload == null) {
            throw notFound("The upload does not exist.");
        }
        synchronized (upload) {
            if (upload.stored != null) {
                return Reply.json(200, upload.stored.toJson());
            }
            Matcher range = RANGE.matcher(incoming.header("Content-Range").orElse("bytes 0-0/*"));
            boolean ranged = incoming.header("Content-Range").isPresent();
            if (!range.matches()) {
                throw new RefusedException(ApiError.invalidArgument("Invalid Content-Range."));
            }
            long from = range.group(1) == null ? upload.received.length() : Long.parseLong(range.group(1));
            // Skips bytes that are already there, or that follow a gap; the answer tells how many there are.
            if (from == upload.received.length()) {
                incoming.body().pictures().get(0).transferTo(upload.received);
            }
            long total = !ranged
                    ? upload.received.length()
                    : range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
            if (total == upload.received.length()) {
                upload.stored = store(upload.path, upload.contentType, upload.received.received());
                return Reply.json(200, upload.stored.toJson());
            }
            return incomplete(upload.received.length());
        }
    }

    private static Reply incomplete(long length) {
        return new Reply(
                308,
                "text/plain; charset=utf-8",
                length == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (length - 1)),
                Body.of(""));
    }

    private Reply get(ApiCall call, Incoming incoming) throws RefusedException, IOException {
        boolean media = incoming.queryParameter("alt").filter("media"::equals).isPresent()
                || incoming.path().startsWith("/download/");
        Optional<ObjectStore.Stored> object = objects.find(call.file());
        if (object.isPresent()) {
            return media
                    ? new Reply(
                            200,
                            object.get().contentType(),
                            object.get().content().body())
                    : Reply.json(200, object.get().toJson());
        }
        int slash = call.file().indexOf('/');
        Optional<Body> drawn =
                jobs.output(call.file().substring(0, slash), call.file().substring(slash + 1), incoming.url());
        if (drawn.isEmpty()) {
            throw noSuchObject(call);
        }
        return media
                ? new Reply(200, BYTES, drawn.get())
                : Reply.json(200, ObjectStore.json(call.file(), BYTES, clock.instant()));
    }

    private ObjectNode list(ApiCall call, Incoming incoming) throws RefusedException {
        String bucket = call.file();
        String prefix = incoming.queryParameter("prefix").orElse("");
        Map<String, ObjectNode> all = new TreeMap<>();
        objects.below(bucket + prefix).forEach(object -> all.put(object.path(), object.toJson()));
        Instant now = clock.instant();
        jobs.outputs(bucket.substring(0, bucket.length() - 1), prefix)
                .forEach(name -> all.put(bucket + name, ObjectStore.json(bucket + name, BYTES, now)));
        String after = incoming.queryParameter("pageToken").orElse("");
        int most = BatchesApi.number(incoming, "maxResults", DEFAULT_PAGE_SIZE);
        int size = most < 1 ? DEFAULT_PAGE_SIZE : Math.min(most, DEFAULT_PAGE_SIZE);
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String last = "";
        for (Map.Entry<String, ObjectNode> object : all.entrySet()) {
            if (object.getKey().compareTo(bucket + after) <= 0) {
                continue;
            }
            if (items.size() == size) {
                page.put("nextPageToken", last);
                break;
            }
            items.add(object.getValue());
            last = object.getValue().path("name").asText();
        }
        if (!items.isEmpty()) {
            page.set("items", items);
        }
        return page;
    }

    private Reply delete(ApiCall call) throws RefusedException {
        int slash = call.file().indexOf('/');
        boolean deleted = objects.delete(call.file())
                || jobs.deleteOutput(
                        call.file().substring(0, slash), call.file().substring(slash + 1));
        if (!deleted) {
            throw noSuchObject(call);
        }
        return new Reply(204, Reply.JSON, Body.of(""));
    }

    private static RefusedException noSuchObject(ApiCall call) {
        return notFound("No such object: " + call.file());
    }

    private static RefusedException notFound(String message) {
        return new RefusedException(ApiError.of(404, "NOT_FOUND", message));
    }

    /** Removes objects and uploads. */
    @Override
    public void close() {
        uploads.values().forEach(upload -> {
            synchronized (upload) {
                try {
                    if (upload.stored == null) {
                        upload.received.discard();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        uploads.clear();
        objects.close();
    }
}
