package io.github.camelgemini.image.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Shared objects: the first user makes one, and the last one to leave removes it. Not thread-safe.
 *
 * @param <K> identifies the object
 */
final class Counted<K, V> {

    /** An object and the number of its users. */
    static final class Entry<V> {
        private final V value;
        private int users;

        private Entry(V value) {
            this.value = Objects.requireNonNull(value);
        }

        V value() {
            return value;
        }

        int users() {
            return users;
        }
    }

    private final Map<K, Entry<V>> entries = new HashMap<>();

    /** The object for a key; made if there is none. */
    V take(K key, Callable<V> maker) throws Exception {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = new Entry<>(maker.call());
            entries.put(key, entry);
        }
        entry.users++;
        return entry.value;
    }

    /** Ends one use. Gives the object if this was the last use; empty otherwise. */
    Optional<V> leave(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null || --entry.users > 0) {
            return Optional.empty();
        }
        entries.remove(key);
        return Optional.of(entry.value);
    }

    Stream<Entry<V>> entries() {
        return entries.values().stream();
    }

    void clear() {
        entries.clear();
    }
}
