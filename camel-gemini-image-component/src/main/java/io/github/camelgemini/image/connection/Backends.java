package io.github.camelgemini.image.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The open backends of a component, with their HTTP connections. Producers with the same service and connection options
 * share one, even if their retries and time-outs differ. It is closed when the last {@link #take user} releases it.
 */
final class Backends {

    private record Key(ImageService service, ServiceOptions options, PayloadStore store, ReferenceFetcher fetcher) {}

    private final Services services;
    private final Counted<Key, ImageBackend> open = new Counted<>();

    Backends(Services services) {
        this.services = services;
    }

    /** Takes a share of a backend; closing it releases the share. */
    synchronized Held take(
            ImageService service,
            ServiceOptions options,
            PayloadStore store,
            ReferenceFetcher fetcher,
            Callable<ServiceMeans> means)
            throws Exception {
        Key key = new Key(service, options, store, fetcher);
        ImageBackend backend = open.take(key, () -> opened(service, options, means.call()));
        try {
            return new Held(key, backend);
        } catch (RuntimeException e) {
            // The backend could not describe itself, so nobody uses it.
            open.leave(key).ifPresent(ImageBackend::close);
            throw e;
        }
    }

    private static ImageBackend opened(ImageService service, ServiceOptions options, ServiceMeans means)
            throws Exception {
        ImageBackend backend = service.open(options, means);
        if (backend == null) {
            throw new InvalidRequestException(
                    "service " + service.getClass().getName() + " returned null instead of a backend");
        }
        return backend;
    }

    /** A share of a backend. It passes on only what the service supports. */
    final class Held implements ImageBackend {

        private final Key key;
        private final ImageBackend backend;
        private final ServiceCheck check;
        private final AtomicBoolean closed = new AtomicBoolean();

        Held(Key key, ImageBackend backend) {
            this.key = key;
            this.backend = backend;
            this.check = new ServiceCheck(backend.traits(), services.traits(key.service()));
        }

        ServiceCheck check() {
            return check;
        }

        @Override
        public ServiceTraits traits() {
            return backend.traits();
        }

        @Override
        public void check(ImageRequest request) {
            // The backend comes first, because its message may be more helpful.
            backend.check(request);
            check.check(request);
        }

        @Override
        public CompletableFuture<ImageResult> generate(ImageRequest request) {
            return backend.generate(request);
        }

        @Override
        public CompletableFuture<Usage> countTokens(ImageRequest request) {
            return ask(ServiceTraits.Ability.COUNT_TOKENS, "countTokens", () -> backend.countTokens(request));
        }

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            return ask(ServiceTraits.Ability.MODELS, "models", () -> backend.models(id));
        }

        @Override
        public ImageBatches batches() {
            check.operation(ServiceTraits.Ability.BATCH, "batches");
            return backend.batches();
        }

        private <T> CompletableFuture<T> ask(
                ServiceTraits.Ability ability, String operation, Supplier<CompletableFuture<T>> call) {
            try {
                check.operation(ability, operation);
            } catch (InvalidRequestException e) {
                return CompletableFuture.failedFuture(e);
            }
            return call.get();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                boolean last;
                synchronized (Backends.this) {
                    last = open.leave(key).isPresent();
                }
                if (last) {
                    backend.close();
                }
            }
        }

        @Override
        public String toString() {
            return backend.traits().title();
        }
    }
}
