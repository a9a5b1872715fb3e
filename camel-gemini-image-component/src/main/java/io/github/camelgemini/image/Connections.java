package io.github.camelgemini.image;

import com.google.genai.Client;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.google.GoogleBackend;
import io.github.camelgemini.image.backend.google.GoogleConnection;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import io.github.camelgemini.image.resilience.ResilientBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * The backends and spool folders of a component. Endpoints whose connection, patience and spool options are the same share
 * one, and with it its connections and its limit of calls in flight.
 */
final class Connections implements AutoCloseable {

    private final CamelContext context;
    private final ModelCatalog catalog;
    private final ExecutorService workers;
    private final Map<Object, ImageBackend> backends = new HashMap<>();
    private final Map<Object, PayloadStore> stores = new HashMap<>();
    private final List<ImageBackend> opened = new ArrayList<>();
    private final ConnectionReader reader;

    Connections(CamelContext context, ModelCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
        this.reader = new ConnectionReader(context);
        // From Camel, so that they are virtual threads where Camel's are, and end with the context.
        this.workers = context.getExecutorServiceManager().newCachedThreadPool(this, "GeminiImage");
    }

    /** The spool folder for an endpoint. */
    synchronized PayloadStore store(GeminiImageConfiguration options) throws IOException {
        Path directory = options.getSpoolDirectory() == null ? null : Path.of(options.getSpoolDirectory());
        Object key = List.of(String.valueOf(directory), options.getSpoolThreshold());
        PayloadStore store = stores.get(key);
        if (store == null) {
            store = new PayloadStore(directory, options.getSpoolThreshold());
            stores.put(key, store);
        }
        return store;
    }

    /**
     * The backend for an endpoint.
     *
     * @throws InvalidRequestException when credentials are missing or contradict each other
     */
    synchronized ImageBackend backend(GeminiImageConfiguration options) throws Exception {
        PayloadStore store = store(options);
        ResilienceSettings patience = new ResilienceSettings(
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryInitialDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxConcurrentRequests());
        Object service = Stream.of(options.getBackend(), options.getClient())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (service == null) {
            service = reader.read(options);
        }
        Object key = List.of(service, patience, store);
        ImageBackend backend = backends.get(key);
        if (backend == null) {
            backend = new ResilientBackend(open(service, store), patience, workers);
            backends.put(key, backend);
        }
        return backend;
    }

    private ImageBackend open(Object service, PayloadStore store) {
        if (service instanceof ImageBackend foreign) {
            // Not ours to close.
            return foreign;
        }
        ImageBackend own = service instanceof Client client
                ? GoogleBackend.using(client, catalog, store, workers)
                : GoogleBackend.connect((GoogleConnection) service, catalog, store, workers);
        opened.add(own);
        return own;
    }

    @Override
    public synchronized void close() throws Exception {
        opened.forEach(ImageBackend::close);
        opened.clear();
        backends.clear();
        context.getExecutorServiceManager().shutdownGraceful(workers);
        for (PayloadStore store : stores.values()) {
            store.close();
        }
        stores.clear();
    }
}
