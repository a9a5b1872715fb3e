package io.github.camelgemini.image.batch;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.spi.IdempotentRepository;

/** Stores batches and delivered results in the heap. They are lost when the process ends. */
public final class InMemoryBatchRepository implements BatchRepository {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final DeliveredInMemory delivered = new DeliveredInMemory();

    @Override
    public Optional<Entry> get(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public OptionalLong put(String id, String text, long version) {
        Entry next = new Entry(text, version + 1);
        Entry kept =
                entries.compute(id, (key, there) -> (there == null ? 0 : there.version()) == version ? next : there);
        return kept == next ? OptionalLong.of(next.version()) : OptionalLong.empty();
    }

    @Override
    public void remove(String id) {
        entries.remove(id);
        if (BatchRow.isBatch(id)) {
            entries.keySet().removeIf(row -> BatchRow.of(row).batch().equals(id));
            delivered.forget(id);
        }
    }

    @Override
    public Set<String> batches() {
        return entries.keySet().stream().filter(BatchRow::isBatch).collect(Collectors.toSet());
    }

    @Override
    public Optional<Hold> hold(String batch) {
        return held.add(batch) ? Optional.of(new InMemoryHold(batch)) : Optional.empty();
    }

    @Override
    public Optional<IdempotentRepository> delivered() {
        return Optional.of(delivered);
    }

    private final class InMemoryHold implements Hold {

        private final String batch;
        private final AtomicBoolean ended = new AtomicBoolean();

        InMemoryHold(String batch) {
            this.batch = batch;
        }

        @Override
        public boolean lasts() {
            return !ended.get();
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                held.remove(batch);
            }
        }
    }
}
