package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects in Cloud Storage; large ones are files. Every bucket exists. Thread-safe. */
final class ObjectStore implements AutoCloseable {

    private final Map<String, Stored> objects = new TreeMap<>();

    /**
     * @param path bucket and name, with a slash between
     */
    record Stored(String path, String contentType, ReferencePicture content, Instant created) {

        /** The object as the API describes it. */
        ObjectNode toJson() {
            return ObjectStore.json(path, contentType, created).put("size", Long.toString(content.length()));
        }
    }

    /** The API's description of an object whose size is unknown. */
    static ObjectNode json(String path, String contentType, Instant created) {
        int slash = path.indexOf('/');
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "storage#object")
                .put("id", path + "/1")
                .put("name", path.substring(slash + 1))
                .put("bucket", path.substring(0, slash))
                .put("generation", "1")
                .put("metageneration", "1")
                .put("contentType", contentType)
                .put("storageClass", "STANDARD")
                .put("timeCreated", created.toString())
                .put("updated", created.toString());
    }

    /** Stores an object, and replaces one with the same name. */
    synchronized void put(Stored object) {
        discard(objects.put(object.path(), object));
    }

    synchronized Optional<Stored> find(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    /** A copy of its bytes, to be closed. */
    synchronized Optional<ReferencePicture> copy(String path) throws IOException {
        Stored object = objects.get(path);
        return object == null ? Optional.empty() : Optional.of(object.content().copy());
    }

    /** The objects with this prefix. */
    synchronized List<Stored> below(String prefix) {
        return objects.values().stream()
                .filter(object -> object.path().startsWith(prefix))
                .toList();
    }

    /** False when there is none. */
    synchronized boolean delete(String path) {
        Stored object = objects.remove(path);
        discard(object);
        return object != null;
    }

    private static void discard(Stored object) {
        try {
            if (object != null) {
                object.content().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all objects. */
    @Override
    public synchronized void close() {
        objects.values().forEach(ObjectStore::discard);
        objects.clear();
    }
}
