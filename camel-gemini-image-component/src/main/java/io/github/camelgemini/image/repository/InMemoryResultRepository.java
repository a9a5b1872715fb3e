package io.github.camelgemini.image.repository;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores results until the process ends, up to a total size and an age. Larger results are spool files in the JVM's
 * temporary directory.
 */
public final class InMemoryResultRepository implements ResultRepository, Closeable {

    /** The default total size of all results: 256 MiB. */
    public static final long DEFAULT_MAX_BYTES = 256L << 20;

    /** The default age at which a result is removed. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

    private final PayloadStore store = new PayloadStore(null, PayloadStore.LEAST_SPOOL_THRESHOLD);
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Cache<String, Payload> results;

    /** Creates a repository with the defaults. */
    public InMemoryResultRepository() {
        this(DEFAULT_MAX_BYTES, DEFAULT_MAX_AGE);
    }

    /**
     * Creates a repository with limits.
     *
     * @param maxBytes largest total size; above it, the least recently used results are removed
     * @param maxAge after which a result is removed
     */
    public InMemoryResultRepository(long maxBytes, Duration maxAge) {
        this.results = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(
                        (String id, Payload result) -> (int) Math.min(result.length() + id.length(), Integer.MAX_VALUE))
                .expireAfterWrite(maxAge)
                // Now, so that the limit is never exceeded.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<InputStream> load(String id) throws IOException {
        Payload result = results.getIfPresent(id);
        return result == null ? Optional.empty() : Optional.of(result.newInputStream());
    }

    @Override
    public void save(String id, PayloadSource result) throws IOException {
        try (PayloadStore.Writer writer = store.newWriter();
                InputStream in = result.newInputStream()) {
            in.transferTo(writer);
            // A result that is removed can still be read to its end, because its file stays while it is reachable.
            results.put(id, writer.finish());
        }
    }

    @Override
    public Optional<Closeable> hold(String id) {
        return held.add(id) ? Optional.of(() -> held.remove(id)) : Optional.empty();
    }

    /** Deletes all results. */
    @Override
    public void close() throws IOException {
        results.invalidateAll();
        store.close();
    }

    @Override
    public String toString() {
        return "InMemoryResultRepository";
    }
}
