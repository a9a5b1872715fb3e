package io.github.camelgemini.image.batch;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** Batches in the heap of this process: what the service still has when it ends is not known to the next one. */
public final class InMemoryBatchRepository implements BatchRepository {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final IdempotentRepository delivered = new Delivered();

    @Override
    public Optional<Entry> get(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public OptionalLong put(String id, String text, long version) {
        Entry next = new Entry(text, version + 1);
        Entry now = entries.compute(id, (same, entry) -> {
            long there = entry == null ? 0 : entry.version();
            return there == version ? next : entry;
        });
        return now == next ? OptionalLong.of(next.version()) : OptionalLong.empty();
    }

    @Override
    public void remove(String id) {
        entries.remove(id);
    }

    @Override
    public Set<String> batches() {
        return entries.keySet().stream().filter(id -> id.indexOf('#') < 0).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Hold> hold(String batch) {
        return held.add(batch) ? Optional.of(new HoldOfThisProcess(batch)) : Optional.empty();
    }

    @Override
    public Optional<IdempotentRepository> delivered() {
        return Optional.of(delivered);
    }

    private final class HoldOfThisProcess implements Hold {

        private final String batch;
        private final AtomicBoolean closed = new AtomicBoolean();

        HoldOfThisProcess(String batch) {
            this.batch = batch;
        }

        @Override
        public boolean lasts() {
            return !closed.get();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                held.remove(batch);
            }
        }
    }

    /** Camel's own forgets above a thousand keys, and each of them would be delivered again. */
    private static final class Delivered extends ServiceSupport implements IdempotentRepository {

        private final Set<String> keys = ConcurrentHashMap.newKeySet();

        @Override
        public boolean add(String key) {
            return keys.add(key);
        }

        @Override
        public boolean contains(String key) {
            return keys.contains(key);
        }

        @Override
        public boolean remove(String key) {
            return keys.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return keys.contains(key);
        }

        @Override
        public void clear() {
            keys.clear();
        }
    }
}
