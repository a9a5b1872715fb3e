package io.github.camelgemini.emulator.queue;

import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that clients upload to a URL which they have requested before. Thread-safe. */
public final class Uploads {

    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    /**
     * A file, announced or uploaded.
     *
     * @param id its id at the service
     * @param filename as announced; may be empty
     * @param contentType as announced
     * @param size as announced, in bytes; -1 for unknown
     * @param created when it was announced
     * @param content its bytes; empty before the upload
     */
    public record Upload(
            String id,
            String filename,
            String contentType,
            long size,
            Instant created,
            Optional<ReferencePicture> content) {}

    /** Adds an announced file. */
    public synchronized void announce(Upload upload) {
        uploads.put(upload.id(), upload);
    }

    /** Finds a file by its id. */
    public synchronized Optional<Upload> find(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /** Stores the bytes of an announced file, and replaces earlier ones. */
    public synchronized void put(Upload upload, ReferencePicture sent) {
        try {
            ReferencePicture content = sent.copy();
            discard(upload);
            uploads.put(
                    upload.id(),
                    new Upload(
                            upload.id(),
                            upload.filename(),
                            upload.contentType(),
                            content.length(),
                            upload.created(),
                            Optional.of(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files, the latest first. */
    public synchronized List<Upload> all() {
        List<Upload> all = new ArrayList<>(uploads.values());
        Collections.reverse(all);
        return all;
    }

    /** Removes a file; false when there is none. */
    public synchronized boolean remove(String id) {
        Upload upload = uploads.remove(id);
        if (upload != null) {
            discard(upload);
        }
        return upload != null;
    }

    /** Removes all files. */
    public synchronized void clear() {
        uploads.values().forEach(Uploads::discard);
        uploads.clear();
    }

    private static void discard(Upload upload) {
        upload.content().ifPresent(content -> {
            try {
                content.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
