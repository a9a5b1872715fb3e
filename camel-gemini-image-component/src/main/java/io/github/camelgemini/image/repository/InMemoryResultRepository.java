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
 * Results in this process, as long as there is room and they are not too old. Larger ones are spool files in the folder for
 * temporary files. It does not outlive the process.
 */
public final class InMemoryResultRepository implements ResultRepository, Closeable {

    /** What all results may have together when nothing else is said: 256 MiB. */
    public static final long DEFAULT_MAX_BYTES = 256L << 20;

    /** How long a result is kept when nothing else is said. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

    private final PayloadStore store = new PayloadStore(null, PayloadStore.LEAST_SPOOL_THRESHOLD);
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Cache<String, Payload> results;

    /** With the defaults. */
    public InMemoryResultRepository() {
        this(DEFAULT_MAX_BYTES, DEFAULT_MAX_AGE);
    }

    /**
     * With limits.
     *
     * @param maxBytes that all results may have together; beyond that those are forgotten that are used least
     * @param maxAge after which a result is forgotten
     */
    public InMemoryResultRepository(long maxBytes, Duration maxAge) {
        this.results = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(
                        (String id, Payload result) -> (int) Math.min(result.length() + id.length(), Integer.MAX_VALUE))
                .expireAfterWrite(maxAge)
                // Now, so that there is never more than that.
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
            // Whoever reads it when it is forgotten reads it to its end: its file goes when nobody can reach it.
            results.put(id, writer.finish());
        }
    }

    @Override
    public Optional<Closeable> hold(String id) {
        return held.add(id) ? Optional.of(() -> held.remove(id)) : Optional.empty();
    }

    /** Forgets all. */
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
