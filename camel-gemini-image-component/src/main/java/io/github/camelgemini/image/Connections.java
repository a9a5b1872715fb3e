package io.github.camelgemini.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.Client;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.google.GoogleBackend;
import io.github.camelgemini.image.backend.google.GoogleConnection;
import io.github.camelgemini.image.backend.google.ReferenceUpload;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.observation.ClientState;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.FallbackRequests;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.Fetching;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import io.github.camelgemini.image.resilience.CallLimits;
import io.github.camelgemini.image.resilience.CallObserver;
import io.github.camelgemini.image.resilience.CallsUnderWay;
import io.github.camelgemini.image.resilience.LoggingContext;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import io.github.camelgemini.image.resilience.ResilientBackend;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends and spool folders of a component. Producers whose connection, patience and spool options are the same share a
 * backend, and with it its connections; it goes with the last of them. Those with the same connection share the limits of calls.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Servers that a message names may be slow on purpose, so they get no more threads than these. */
    private static final int FETCHES_AT_A_TIME = 32;

    private final CamelContext context;
    private final ModelCatalog catalog;
    private final Emulation emulation;
    private final ConnectionReader reader;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final CallsUnderWay calls = new CallsUnderWay();
    private final Map<Object, Shared> backends = new HashMap<>();
    private final Map<Object, CallLimits> limits = new HashMap<>();
    private final Map<SpoolOptions, PayloadStore> stores = new HashMap<>();
    private final ExecutorService fetches;
    private final Map<Object, ReferenceFetcher> fetchers = new HashMap<>();

    /** @param emulation what is called instead of Google; null for what the options say */
    Connections(CamelContext context, ModelCatalog catalog, Emulation emulation) {
        this.context = context;
        this.catalog = catalog;
        this.emulation = emulation;
        this.reader = new ConnectionReader(context);
        // From Camel, so that they are virtual threads where Camel's are, and end with the context.
        this.workers = context.getExecutorServiceManager().newCachedThreadPool(this, "GeminiImage");
        ThreadPoolProfile oneThread = new ThreadPoolProfile("GeminiImageTimer");
        oneThread.setPoolSize(1);
        // Camel's default lets no more than 1,000 requests wait.
        oneThread.setMaxQueueSize(-1);
        ThreadPoolProfile fewThreads = new ThreadPoolProfile("GeminiImageFetch");
        fewThreads.setPoolSize(FETCHES_AT_A_TIME);
        fewThreads.setMaxPoolSize(FETCHES_AT_A_TIME);
        // Of such a pool, -1 is no queue at all, and the route's own thread would fetch.
        fewThreads.setMaxQueueSize(Integer.MAX_VALUE);
        fewThreads.setAllowCoreThreadTimeOut(true);
        this.fetches = context.getExecutorServiceManager().newThreadPool(this, "GeminiImageFetch", fewThreads);
        this.timer = context.getExecutorServiceManager().newScheduledThreadPool(this, "GeminiImageTimer", oneThread);
    }

    /** Where waits are kept; one thread, that nothing may block. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** A producer's use of a backend and of a spool folder, given back when the producer stops. */
    interface Lease extends AutoCloseable {

        /** @param observer told of what is asked of it */
        ImageBackend backend(CallObserver observer);

        /** Asks for a model whatever else is going on, as who wants to know whether the service is there. */
        CompletableFuture<List<JsonNode>> probe(String model);

        /** How it stands with the models of this connection. */
        Map<String, CallLimits.State> limits();

        PayloadStore store();

        ReferenceFetcher fetcher();

        /** Where a route goes on after it waited for something. */
        Executor workers();

        @Override
        void close();
    }

    private record SpoolOptions(Optional<Path> directory, long threshold, long limit) {}

    /** A backend in use. */
    private final class Shared {

        private final Object key;
        private final Object service;
        private final ResilientBackend backend;
        private final CallLimits limits;
        private final String name;
        private int users;

        Shared(Object key, Object service, ResilientBackend backend, CallLimits limits, String name) {
            this.name = name;
            this.key = key;
            this.service = service;
            this.backend = backend;
            this.limits = limits;
        }

        void leave() {
            synchronized (Connections.this) {
                if (--users > 0) {
                    return;
                }
                backends.remove(key);
                if (backends.values().stream().noneMatch(other -> other.service.equals(service))) {
                    Connections.this.limits.remove(service);
                }
            }
            backend.retire();
        }
    }

    /**
     * Leases what the options ask for.
     *
     * @throws InvalidRequestException naming an option that is out of range
     * @throws io.github.camelgemini.image.error.AuthenticationException when credentials are missing
     */
    synchronized Lease lease(GeminiImageConfiguration options) throws Exception {
        PayloadStore store = store(options);
        ReferenceFetcher fetcher = fetcher(options, store);
        ResilienceSettings patience = new ResilienceSettings(
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryInitialDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxConcurrentRequests(),
                options.getRequestsPerMinute(),
                options.getMaxQueued(),
                fallbackModels(options),
                Duration.ofMillis(options.getFallbackPatience()));
        Object service = service(options);
        Object key = List.of(service, patience, store, fetcher);
        Shared shared = backends.get(key);
        if (shared == null) {
            if (emulation != null && service instanceof ImageBackend) {
                LOG.warn(
                        "{} draws; it is not Google's API, so the emulator at {} does not take its place",
                        name(service, options),
                        emulation.baseUrl());
            }
            CallLimits limit = limits.computeIfAbsent(service, any -> new CallLimits(timer));
            ImageBackend opened = open(service, store, fetcher);
            FallbackRequests others = new FallbackRequests(catalog.at(opened.face()));
            shared = new Shared(
                    key,
                    service,
                    new ResilientBackend(opened, patience, others, limit, calls, timer, workers),
                    limit,
                    name(service, options));
            backends.put(key, shared);
        }
        shared.users++;
        return lease(shared, store, fetcher);
    }

    private Lease lease(Shared shared, PayloadStore store, ReferenceFetcher fetcher) {
        return new Lease() {
            @Override
            public ImageBackend backend(CallObserver observer) {
                return shared.backend.observedBy(observer);
            }

            @Override
            public CompletableFuture<List<JsonNode>> probe(String model) {
                return shared.backend.probe(model);
            }

            @Override
            public Map<String, CallLimits.State> limits() {
                return shared.limits.states();
            }

            @Override
            public PayloadStore store() {
                return store;
            }

            @Override
            public ReferenceFetcher fetcher() {
                return fetcher;
            }

            @Override
            public Executor workers() {
                return workers;
            }

            @Override
            public void close() {
                shared.leave();
            }
        };
    }

    static List<String> fallbackModels(GeminiImageConfiguration options) {
        return options.getFallbackModels() == null
                ? List.of()
                : Stream.of(options.getFallbackModels().split(","))
                        .map(String::strip)
                        .filter(model -> !model.isEmpty())
                        .toList();
    }

    private static String name(Object service, GeminiImageConfiguration options) {
        if (service instanceof ImageBackend) {
            return "backend " + service.getClass().getName();
        }
        if (service instanceof GoogleConnection google) {
            // Some put a password into a URL.
            return URISupport.sanitizeUri(
                    google.baseUrl() == null ? ConnectionReader.serviceUrl(options) : google.baseUrl());
        }
        return "client of the registry";
    }

    /**
     * A backend that is open.
     *
     * @param service where it leads to
     * @param producers that share it
     * @param limits of its models, shared with others that lead to the same
     */
    record Open(String service, int producers, Map<String, CallLimits.State> limits) {}

    /** Those that are open now. */
    synchronized List<Open> open() {
        return backends.values().stream()
                .map(shared -> new Open(shared.name, shared.users, shared.limits.states()))
                .toList();
    }

    /** How it stands with all of them together. */
    synchronized ClientState state() {
        Map<String, CallLimits.State> byModel = new TreeMap<>();
        limits.values().forEach(limit -> limit.states()
                .forEach((model, state) -> byModel.merge(model, state, CallLimits.State::plus)));
        return new ClientState(
                byModel,
                stores.values().stream().mapToInt(PayloadStore::liveFiles).sum(),
                stores.values().stream().mapToLong(PayloadStore::liveBytes).sum());
    }

    private Object service(GeminiImageConfiguration options) throws Exception {
        if (options.getBackend() != null) {
            return options.getBackend();
        }
        boolean clientWanted = ConnectionReader.usesClient(options);
        if (clientWanted && options.getReferenceUpload() == ReferenceUpload.FILES) {
            throw new InvalidRequestException(
                    "option referenceUpload 'FILES' does not go with a client of your own, whose"
                            + " uploader fails on some sizes; use apiKey and baseUrl instead of client");
        }
        if (emulation != null) {
            return reader.emulated(options, emulation.baseUrl());
        }
        return clientWanted ? options.getClient() : reader.read(options);
    }

    private ImageBackend open(Object service, PayloadStore store, ReferenceFetcher fetcher) {
        if (service instanceof ImageBackend foreign) {
            return new NotOurs(foreign);
        }
        // A call goes on with the MDC of the step that begins it.
        Executor goingOn = step -> workers.execute(LoggingContext.current().around(step));
        if (service instanceof Client client) {
            return GoogleBackend.using(client, catalog, store, goingOn, (uri, byService) -> fetch(uri, false, fetcher));
        }
        GoogleConnection google = (GoogleConnection) service;
        return GoogleBackend.connect(
                google,
                catalog,
                store,
                goingOn,
                timer,
                (uri, byService) -> fetch(uri, byService && google.isOfServer(uri), fetcher));
    }

    /** A picture of an answer: from public hosts, and from the server itself, which the route has chosen. */
    private static CompletableFuture<GeneratedImage> fetch(String uri, boolean ofServer, ReferenceFetcher fetcher) {
        try {
            CompletableFuture<Fetching.Picture> fetching =
                    fetcher.begin(Long.MAX_VALUE).fetch(fetcher.target(uri, ofServer));
            CompletableFuture<GeneratedImage> image = fetching.thenApply(Connections::ofPicture);
            image.whenComplete((done, failure) -> {
                if (image.isCancelled()) {
                    fetching.cancel(true);
                }
            });
            return image;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static GeneratedImage ofPicture(Fetching.Picture picture) {
        if (!picture.info().isPicture()) {
            picture.payload().discard();
            throw new ReferenceImageException(
                    "what is there is " + picture.info().mimeType() + " and no picture");
        }
        return new GeneratedImage(picture.payload(), picture.info());
    }

    /** A backend of the registry, which its owner closes. */
    private record NotOurs(ImageBackend backend) implements ImageBackend {

        @Override
        public CompletableFuture<ImageResult> generate(ImageRequest request) {
            return backend.generate(request);
        }

        @Override
        public CompletableFuture<Usage> countTokens(ImageRequest request) {
            return backend.countTokens(request);
        }

        @Override
        public CompletableFuture<List<JsonNode>> models(String id) {
            return backend.models(id);
        }

        @Override
        public String face() {
            return backend.face();
        }

        @Override
        public void check(ImageRequest request) {
            backend.check(request);
        }

        @Override
        public String toString() {
            return "The backend " + backend.getClass().getName();
        }
    }

    /** Stays until the component stops, since pictures live longer than the producer that drew them. */
    private PayloadStore store(GeminiImageConfiguration options) {
        Long written = options.getSpoolThreshold();
        long threshold =
                written == null ? PayloadStore.defaultSpoolThreshold(options.getMaxConcurrentRequests()) : written;
        atLeast0("spoolThreshold", threshold);
        atLeast0("spoolLimit", options.getSpoolLimit());
        Optional<Path> directory =
                Optional.ofNullable(options.getSpoolDirectory()).map(Path::of);
        return stores.computeIfAbsent(
                new SpoolOptions(directory, threshold, options.getSpoolLimit()),
                spool -> new PayloadStore(directory.orElse(null), spool.threshold(), spool.limit()));
    }

    private static void atLeast0(String option, long bytes) {
        if (bytes < 0) {
            throw new InvalidRequestException("option " + option + " '" + bytes + "' must be at least 0 bytes");
        }
    }

    /** Stays until the component stops as well; it holds connections only where pictures were fetched. */
    private ReferenceFetcher fetcher(GeminiImageConfiguration options, PayloadStore store) throws Exception {
        FetchSettings settings = reader.fetching(options);
        return fetchers.computeIfAbsent(
                List.of(settings, store), key -> new ReferenceFetcher(settings, store, fetches));
    }

    @Override
    public void close() throws IOException {
        List<Shared> open;
        List<ReferenceFetcher> fetching;
        List<PayloadStore> spools;
        synchronized (this) {
            open = List.copyOf(backends.values());
            backends.clear();
            fetching = List.copyOf(fetchers.values());
            fetchers.clear();
            spools = List.copyOf(stores.values());
            stores.clear();
        }
        fetching.forEach(ReferenceFetcher::close);
        context.getExecutorServiceManager().shutdownGraceful(fetches);
        // Those of backends that nobody leases any more as well.
        calls.stop();
        open.forEach(shared -> shared.backend.close());
        context.getExecutorServiceManager().shutdownNow(timer);
        context.getExecutorServiceManager().shutdownGraceful(workers);
        closeAll(spools);
    }

    /** Also those after one that fails. */
    private static void closeAll(List<PayloadStore> spools) throws IOException {
        IOException failure = null;
        for (PayloadStore spool : spools) {
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
