package io.github.camelgemini.image.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Things that are made for whoever asks first and go with whoever leaves last. Not safe for several threads.
 *
 * @param <K> what those who share have in common
 */
final class Counted<K, V> {

    /** A thing, and how many have it. */
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

    /** The thing of a key, made if nobody has it. */
    V take(K key, Callable<V> maker) throws Exception {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = new Entry<>(maker.call());
            entries.put(key, entry);
        }
        entry.users++;
        return entry.value;
    }

    /** The thing that nobody has any more; empty as long as somebody does. */
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
