package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.wire.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The Files API of the Developer API: resumable uploads, and the uploaded files. */
public final class FilesApi implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final long LARGEST = 2L << 30;
    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 100;

    private final FileStore files;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    FilesApi(FileStore files) {
        this.files = files;
    }

    /** An upload in progress. Used by one request at a time. */
    private static final class Upload {
        private final String id;
        private final String displayName;
        private final String mimeType;
        private final long length;
        private final ReferencePicture.Receiver received = new ReferencePicture.Receiver();
        private long size;
        private boolean finished;

        Upload(String id, String displayName, String mimeType, long length) {
            this.id = id;
            this.displayName = displayName;
            this.mimeType = mimeType;
            this.length = length;
        }
    }

    Reply reply(ApiCall call, Incoming received) throws RefusedException {
        return switch (call.operation()) {
            case ApiCall.FILES_CREATE -> start(call, received);
            case ApiCall.FILES_UPLOAD -> upload(call, received);
            case ApiCall.FILES_LIST -> Reply.json(200, list(call, received));
            case ApiCall.FILES_GET ->
                Reply.json(200, files.get(call.file()).toJson(received.url() + "/" + call.version()));
            default -> {
                files.delete(call.file());
                yield Reply.json(200, JsonNodeFactory.instance.objectNode());
            }
        };
    }

    private Reply start(ApiCall call, Incoming received) throws RefusedException {
        if (received.body().error().isPresent()) {
            throw RefusedException.of(received.body().error().get());
        }
        boolean resumable = received.header("X-Goog-Upload-Protocol")
                .filter("resumable"::equalsIgnoreCase)
                .isPresent();
        if (!resumable || !command(received).equals("start")) {
            throw invalid(
                    "The emulator accepts only the resumable upload protocol: send X-Goog-Upload-Protocol: resumable"
                            + " and X-Goog-Upload-Command: start.");
        }
        JsonNode file = received.body().json().path("file");
        String name = file.path("name").asText();
        String id = name.isEmpty() ? newId() : name.replaceFirst("^files/", "");
        if (!ID.matcher(id).matches()) {
            throw invalid(
                    "* CreateFileRequest.file.name: Name may only contain lowercase alphanumeric characters or dashes"
                            + " (-), cannot begin or end with a dash, and is limited to 40 characters.\n");
        }
        if (files.has(id)) {
            throw new RefusedException(ApiError.of(409, "ALREADY_EXISTS", "Requested entity already exists"));
        }
        long length = length(received);
        String mimeType = Optional.of(
                        file.path("mimeType").asText(file.path("mime_type").asText()))
                .filter(type -> !type.isEmpty())
                .or(() -> received.header("X-Goog-Upload-Header-Content-Type"))
                .orElse("application/octet-stream");
        String displayName =
                file.path("displayName").asText(file.path("display_name").asText());
        String uploadId = newId() + newId();
        uploads.put(uploadId, new Upload(id, displayName, mimeType, length));
        String url = received.url() + "/upload/" + call.version() + "/files?upload_id=" + uploadId
                + "&upload_protocol=resumable";
        return new Reply(
                200,
                "text/plain; charset=utf-8",
                Map.of("X-Goog-Upload-URL", url, "X-Goog-Upload-Status", "active"),
                Body.of(""));
    }

    private static long length(Incoming received) throws RefusedException {
        long length;
        try {
            length = Long.parseLong(
                    received.header("X-Goog-Upload-Header-Content-Length").orElse("-1"));
        } catch (NumberFormatException e) {
            throw invalid("X-Goog-Upload-Header-Content-Length is not a number.");
        }
        if (length > LARGEST) {
            throw invalid("File size exceeds the limit of 2 GB.");
        }
        return length;
    }

    private Reply upload(ApiCall call, Incoming received) throws RefusedException {
        Upload upload = uploads.get(received.queryParameter("upload_id").orElse(""));
        if (upload == null) {
            throw new RefusedException(ApiError.of(404, "NOT_FOUND", "Requested entity was not found."));
        }
        synchronized (upload) {
            String command = command(received);
            if (command.contains("query") || upload.finished) {
                return status(upload, Reply.JSON, Body.of(""));
            }
            if (!command.contains("upload") && !command.contains("finalize")) {
                throw invalid("X-Goog-Upload-Command must be upload, finalize or query.");
            }
            String offset = received.header("X-Goog-Upload-Offset").orElse("0");
            if (!offset.equals(Long.toString(upload.size))) {
                throw invalid(
                        "The offset " + offset + " is not the number of bytes received so far, " + upload.size + ".");
            }
            take(upload, received.body());
            if (!command.contains("finalize")) {
                return status(upload, "text/plain; charset=utf-8", Body.of(""));
            }
            if (upload.length >= 0 && upload.length != upload.size) {
                throw invalid("The upload has " + upload.size + " bytes, but " + upload.length + " were announced.");
            }
            StoredFile file = store(upload, received.generation());
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("file", file.toJson(received.url() + "/" + call.version()));
            return status(upload, Reply.JSON, Body.of(json.toString()));
        }
    }

    private static void take(Upload upload, ParsedBody body) {
        try {
            for (ReferencePicture chunk : body.pictures()) {
                chunk.transferTo(upload.received);
                upload.size += chunk.length();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoredFile store(Upload upload, Generation generation) {
        try {
            upload.finished = true;
            StoredFile file = new StoredFile(
                    upload.id,
                    upload.displayName,
                    upload.mimeType,
                    upload.received.received(),
                    Instant.now(),
                    generation.fileProcessing,
                    generation.fileFailed,
                    files.lifetime());
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply status(Upload upload, String contentType, Body body) {
        return new Reply(
                200,
                contentType,
                Map.of(
                        "X-Goog-Upload-Status",
                        upload.finished ? "final" : "active",
                        "X-Goog-Upload-Size-Received",
                        Long.toString(upload.size)),
                body);
    }

    private ObjectNode list(ApiCall call, Incoming received) throws RefusedException {
        List<StoredFile> all = files.all();
        int from = number(received, "pageToken", 0);
        int size = number(received, "pageSize", DEFAULT_PAGE_SIZE);
        int to = Math.min(all.size(), from + (size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        if (from < to) {
            ArrayNode list = page.putArray("files");
            new ArrayList<>(all.subList(from, to))
                    .forEach(file -> list.add(file.toJson(received.url() + "/" + call.version())));
        }
        if (to < all.size()) {
            // Like the list of models, the last page does not have this field.
            page.put("nextPageToken", Integer.toString(to));
        }
        return page;
    }

    private static int number(Incoming received, String parameter, int otherwise) throws RefusedException {
        try {
            return received.queryParameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw invalid("Invalid value at '" + parameter + "'.");
        }
    }

    private static String command(Incoming received) {
        return received.header("X-Goog-Upload-Command").orElse("").toLowerCase(Locale.ROOT);
    }

    private String newId() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ApiError.invalidArgument(message));
    }

    /** Removes files and uploads. */
    @Override
    public void close() {
        uploads.values().forEach(upload -> {
            synchronized (upload) {
                try {
                    if (!upload.finished) {
                        upload.received.discard();
                        upload.finished = true;
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        uploads.clear();
        files.close();
    }
}
