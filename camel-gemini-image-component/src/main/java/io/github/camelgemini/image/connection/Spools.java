package io.github.camelgemini.image.connection;

import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The spool folders of a component. Each stays until the component stops, because pictures outlive their producer. */
final class Spools {

    private final Map<Wanted.Spool, PayloadStore> stores = new HashMap<>();

    synchronized PayloadStore store(Wanted.Spool wanted) {
        return stores.computeIfAbsent(
                wanted, spool -> new PayloadStore(spool.directory().orElse(null), spool.threshold(), spool.limit()));
    }

    synchronized int liveFiles() {
        return stores.values().stream().mapToInt(PayloadStore::liveFiles).sum();
    }

    synchronized long liveBytes() {
        return stores.values().stream().mapToLong(PayloadStore::liveBytes).sum();
    }

    /** Removes all of them, even if one fails. */
    void close() throws IOException {
        List<PayloadStore> open;
        synchronized (this) {
            open = List.copyOf(stores.values());
            stores.clear();
        }
        IOException failure = null;
        for (PayloadStore spool : open) {
            try {
                spool.close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    failure = new IOException("A spool folder could not be removed: " + e, e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
