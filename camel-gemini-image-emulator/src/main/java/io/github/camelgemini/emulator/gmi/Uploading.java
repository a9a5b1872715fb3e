package io.github.camelgemini.emulator.gmi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.queue.Ids;
import io.github.camelgemini.emulator.queue.Uploads;
import io.github.camelgemini.emulator.queue.Uploads.Upload;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.Body;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are uploaded to a presigned URL of Cloud Storage, which has its own errors. */
final class Uploading {

    private static final Pattern PATH = Pattern.compile("/uploads/([^/]+)");
    private static final Pattern FILE_TYPE = Pattern.compile("[a-z0-9]{1,8}");

    /** From URLs of GMI. */
    private static final Duration VALID = Duration.ofSeconds(899);

    private final Uploads uploads = new Uploads();
    private final EmulatorClock clock;

    Uploading(EmulatorClock clock) {
        this.clock = clock;
    }

    Reply announce(Incoming incoming) throws RefusedByGmiException {
        String type = incoming.body().json().path("file_type").asText();
        if (!FILE_TYPE.matcher(type).matches()) {
            throw new RefusedByGmiException(GmiError.invalid("file_type is required, for example png"));
        }
        String name = Ids.next(32) + "." + type;
        uploads.announce(new Upload(name, name, "image/" + type, -1, clock.instant(), Optional.empty()));
        String url = incoming.url() + "/uploads/" + name;
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "upload_url",
                                url + "?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=" + VALID.toSeconds()
                                        + "&X-Goog-SignedHeaders=content-type%3Bhost&X-Goog-Signature=" + Ids.next(64))
                        .put("public_url", url));
    }

    Reply put(String id, Incoming incoming) {
        Optional<Upload> upload = uploads.find(id);
        if (upload.isEmpty() || incoming.queryParameter("X-Goog-Signature").isEmpty()) {
            return storageError(403, "AccessDenied", "Access denied.");
        }
        if (clock.instant().isAfter(upload.get().created().plus(VALID))) {
            return storageError(400, "ExpiredToken", "The provided token has expired.");
        }
        // Signed with exactly the announced type: image/jpg for jpg, image/jpeg for jpeg.
        if (!upload.get().contentType().equals(incoming.header("Content-Type").orElse(""))) {
            return storageError(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided. Check your Google"
                            + " secret key and signing method.");
        }
        incoming.body().pictures().forEach(sent -> uploads.put(upload.get(), sent));
        return new Reply(200, "text/html; charset=UTF-8", Body.of(""));
    }

    private static Reply storageError(int status, String code, String message) {
        return new Reply(
                status,
                "application/xml; charset=UTF-8",
                Body.of("<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>"));
    }

    Reply get(String id) {
        return uploads.find(id)
                .flatMap(
                        upload -> upload.content().map(content -> new Reply(200, upload.contentType(), content.body())))
                .orElseGet(() -> storageError(404, "NoSuchKey", "The specified key does not exist."));
    }

    /** The bytes at a path of the service; empty when it is not an upload. */
    Optional<CompletableFuture<Body>> bytes(String path) {
        Matcher matcher = PATH.matcher(path);
        return (matcher.matches() ? uploads.find(matcher.group(1)) : Optional.<Upload>empty())
                .flatMap(Upload::content)
                .map(content -> CompletableFuture.completedFuture(content.body()));
    }

    void clear() {
        uploads.clear();
    }
}
