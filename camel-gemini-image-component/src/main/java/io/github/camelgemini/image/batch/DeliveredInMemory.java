package io.github.camelgemini.image.batch;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Stores each delivered result until its batch is deleted. Camel's own repository forgets the oldest of more than a
 * thousand.
 */
final class DeliveredInMemory implements IdempotentRepository {

    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();

    private Set<String> ofBatch(String key) {
        return keys.computeIfAbsent(BatchRow.batchOfResult(key), batch -> ConcurrentHashMap.newKeySet());
    }

    void forget(String batch) {
        keys.remove(batch);
    }

    @Override
    public boolean add(String key) {
        return ofBatch(key).add(key);
    }

    @Override
    public boolean contains(String key) {
        return keys.getOrDefault(BatchRow.batchOfResult(key), Set.of()).contains(key);
    }

    @Override
    public boolean remove(String key) {
        return ofBatch(key).remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        keys.clear();
    }

    @Override
    public void start() {
        // There is nothing to start.
    }

    @Override
    public void stop() {
        // Delivered keys are kept as long as the batches.
    }
}
