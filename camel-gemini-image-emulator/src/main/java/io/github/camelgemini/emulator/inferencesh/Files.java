package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.queue.Ids;
import io.github.camelgemini.emulator.queue.Uploads;
import io.github.camelgemini.emulator.queue.Uploads.Upload;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploaded files. They are announced, uploaded to a presigned URL, and named by their {@code uri} in the input of an
 * app.
 */
final class Files {

    private static final Pattern CONTENT = Pattern.compile("/cloud/([^/.]+)(\\.[a-z0-9]+)?");
    private static final int ID_LENGTH = 26;

    private final Uploads uploads = new Uploads();
    private final EmulatorClock clock;

    Files(EmulatorClock clock) {
        this.clock = clock;
    }

    ArrayNode create(Incoming incoming) throws RefusedByInferenceException {
        JsonNode files = incoming.body().json().path("files");
        if (!files.isArray() || files.isEmpty()) {
            throw new RefusedByInferenceException(Problem.invalid("files must be a list with at least one file"));
        }
        ArrayNode created = JsonNodeFactory.instance.arrayNode();
        for (JsonNode file : files) {
            Upload upload = new Upload(
                    Ids.next(ID_LENGTH),
                    file.path("filename").asText(),
                    file.path("content_type").asText("application/octet-stream"),
                    file.path("size").asLong(-1),
                    clock.instant(),
                    Optional.empty());
            uploads.announce(upload);
            created.add(json(upload, incoming.url())
                    .put("upload_url", incoming.url() + "/upload/" + upload.id() + "?signature=" + Ids.next(32)));
        }
        return created;
    }

    /** The storage behind presigned URLs, which has its own errors. */
    Reply put(String id, Incoming incoming) {
        Optional<Upload> upload = uploads.find(id);
        if (upload.isEmpty() || incoming.queryParameter("signature").isEmpty()) {
            return denied("AccessDenied", "Access denied.");
        }
        if (!upload.get().contentType().equals(incoming.header("Content-Type").orElse(""))) {
            return denied(
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided: Content-Type is not '"
                            + upload.get().contentType() + "'.");
        }
        for (ReferencePicture sent : incoming.body().pictures()) {
            uploads.put(upload.get(), sent);
        }
        return new Reply(200, "text/plain; charset=UTF-8", Body.of(""));
    }

    private static Reply denied(String code, String message) {
        return new Reply(
                403,
                "application/xml; charset=UTF-8",
                Body.of("<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>"));
    }

    /**
     * @param name the file's id, with or without an extension
     */
    Reply content(String name) {
        return uploads.find(name.replaceFirst("\\..*", ""))
                .flatMap(
                        upload -> upload.content().map(content -> new Reply(200, upload.contentType(), content.body())))
                .orElseGet(() -> Reply.notFoundPage("/cloud/" + name));
    }

    /** The bytes at a path of the service; empty when it is not an uploaded file. */
    Optional<CompletableFuture<Body>> bytes(String path) {
        return id(path).flatMap(uploads::find)
                .flatMap(Upload::content)
                .map(content -> CompletableFuture.completedFuture(content.body()));
    }

    private static Optional<String> id(String path) {
        Matcher matcher = CONTENT.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    ObjectNode get(String id, String url) throws RefusedByInferenceException {
        return json(
                uploads.find(id).orElseThrow(() -> new RefusedByInferenceException(Problem.notFound("file " + id))),
                url);
    }

    void delete(String id) throws RefusedByInferenceException {
        if (!uploads.remove(id)) {
            throw new RefusedByInferenceException(Problem.notFound("file " + id));
        }
    }

    /** Removes the file at a URL; false when it is not an uploaded file. */
    boolean deleteAt(String address, String url) {
        return address.startsWith(url)
                && id(address.substring(url.length())).filter(uploads::remove).isPresent();
    }

    ObjectNode list(JsonNode request, String url) throws RefusedByInferenceException {
        return TaskList.page(request, uploads.all(), Upload::id, upload -> json(upload, url));
    }

    void clear() {
        uploads.clear();
    }

    private static ObjectNode json(Upload upload, String url) {
        String name = upload.filename();
        String extension =
                name.contains(".") ? name.substring(name.lastIndexOf('.')).toLowerCase(Locale.ROOT) : "";
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", upload.id())
                .put("short_id", upload.id().substring(0, 8))
                .put("created_at", upload.created().toString())
                .put("updated_at", upload.created().toString())
                .put("user_id", "emulator")
                .put("team_id", "emulator")
                .put("visibility", "private")
                .put("path", "")
                .put("remote_path", "")
                .put("upload_url", "")
                .put("uri", url + "/cloud/" + upload.id() + (extension.matches("\\.[a-z0-9]+") ? extension : ""))
                .put("content_type", upload.contentType())
                .put("size", Math.max(0, upload.size()))
                .put("filename", name)
                .put("category", "input")
                .put("rating", "content_safe");
    }
}
