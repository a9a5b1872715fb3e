package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.GenerateRequest;
import io.github.camelgemini.emulator.gemini.RefusedException;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The uploaded files, until they expire or are deleted. Thread-safe. */
public final class FileStore implements AutoCloseable {

    private static final Pattern URI = Pattern.compile("(?:https?://.+/)?files/([a-z0-9-]+)");

    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    private final Duration lifetime;

    FileStore(Duration lifetime) {
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    synchronized void add(StoredFile file) {
        files.put(file.id(), file);
    }

    /** Live errors do not distinguish a missing file from one of another account (python-genai#1218). */
    synchronized StoredFile get(String id) throws RefusedException {
        forgetExpired();
        StoredFile file = files.get(id);
        if (file == null) {
            throw new RefusedException(ApiError.of(
                    403,
                    "PERMISSION_DENIED",
                    "You do not have permission to access the File " + id + " or it may not exist."));
        }
        return file;
    }

    synchronized boolean has(String id) {
        forgetExpired();
        return files.containsKey(id);
    }

    synchronized void delete(String id) throws RefusedException {
        discard(get(id));
        files.remove(id);
    }

    /** All files, the latest first. */
    synchronized List<StoredFile> all() {
        forgetExpired();
        List<StoredFile> latestFirst = new ArrayList<>(files.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    /** Puts the pictures of files into the parts that refer to them; other URIs are unchanged. */
    void resolve(GenerateRequest request) throws RefusedException {
        for (JsonNode turn : request.contents()) {
            for (JsonNode part : turn.path("parts")) {
                Optional<String> id = idOf(part.path("fileData").path("fileUri").asText());
                if (id.isPresent()) {
                    ((ObjectNode) part.path("fileData"))
                            .set(GenerateRequest.STORED, JsonNodeFactory.instance.pojoNode(usable(id.get())));
                }
            }
        }
    }

    /** The content of a file that is ready. */
    ReferencePicture usable(String id) throws RefusedException {
        StoredFile file = get(id);
        if (!file.state().equals("ACTIVE")) {
            throw new RefusedException(ApiError.of(
                    400,
                    "FAILED_PRECONDITION",
                    "The File " + id + " is not in an ACTIVE state and usage is not allowed."));
        }
        return file.content();
    }

    private static Optional<String> idOf(String uri) {
        Matcher matcher = URI.matcher(uri);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private void forgetExpired() {
        for (Iterator<StoredFile> all = files.values().iterator(); all.hasNext(); ) {
            StoredFile file = all.next();
            if (file.isExpired()) {
                all.remove();
                discard(file);
            }
        }
    }

    private static void discard(StoredFile file) {
        try {
            file.content().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all files. */
    @Override
    public synchronized void close() {
        files.values().forEach(FileStore::discard);
        files.clear();
    }
}
