package io.github.camelgemini.image.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.budget.Budget;
import io.github.camelgemini.image.budget.BudgetSettings;
import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.budget.Spending;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.observation.ClientState;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.FallbackRequests;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import io.github.camelgemini.image.resilience.CallLimits;
import io.github.camelgemini.image.resilience.CallObserver;
import io.github.camelgemini.image.resilience.CallsUnderWay;
import io.github.camelgemini.image.resilience.LoggingContext;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import io.github.camelgemini.image.resilience.ResilientBackend;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.URISupport;

/**
 * What the producers of a component share. Producers with equal connection options share a backend. If their retries
 * and time-outs are equal too, they share these. Call limits are shared by server and account. Spool folders and the
 * fetchers of pictures stay until the component stops; everything else ends with its last producer.
 */
public final class Connections implements AutoCloseable {

    /**
     * @param user the options that identify the server and the account
     */
    private record Limited(ImageService service, ServiceOptions user) {}

    private record Key(
            ImageService service,
            ServiceOptions options,
            ResilienceSettings patience,
            PayloadStore store,
            ReferenceFetcher fetcher) {

        Limited limited() {
            return new Limited(service, options.ofUser());
        }
    }

    /** A backend with its retries. */
    private record Shared(ResilientBackend backend, ServiceCheck check, CallLimits limits, String name) {}

    private final CamelContext context;
    private final ModelCatalog catalog;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final Budget budget;
    private final CallsUnderWay calls = new CallsUnderWay();
    private final Spools spools = new Spools();
    private final Fetchers fetchers;
    private final Backends backends;
    private final Counted<Limited, CallLimits> limits = new Counted<>();
    private final Counted<Key, Shared> shared = new Counted<>();

    /**
     * @param budget for all calls; null for none
     */
    public Connections(CamelContext context, ModelCatalog catalog, Services services, BudgetSettings budget) {
        this.context = context;
        this.catalog = catalog;
        this.backends = new Backends(services);
        this.fetchers = new Fetchers(context);
        // From Camel, so that they are virtual threads if Camel's are, and end with the context.
        this.workers = context.getExecutorServiceManager().newCachedThreadPool(this, "GeminiImage");
        ThreadPoolProfile oneThread = new ThreadPoolProfile("GeminiImageTimer");
        oneThread.setPoolSize(1);
        // Camel's default only lets 1,000 requests wait.
        oneThread.setMaxQueueSize(-1);
        this.budget = budget == null ? null : budget.open(workers);
        this.timer = context.getExecutorServiceManager().newScheduledThreadPool(this, "GeminiImageTimer", oneThread);
    }

    /** Schedules waits; its only thread must not be blocked. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Leases what the options ask for.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException names an option that is out of range
     * @throws io.github.camelgemini.image.error.AuthenticationException when credentials are missing
     */
    public synchronized Lease lease(Wanted wanted) throws Exception {
        PayloadStore store = spools.store(wanted.spool());
        ReferenceFetcher fetcher = fetchers.fetcher(wanted.fetching(), store);
        Key key = new Key(wanted.service(), wanted.options(), wanted.patience(), store, fetcher);
        return new Leased(key, shared.take(key, () -> open(key)));
    }

    private Shared open(Key key) throws Exception {
        Backends.Held backend =
                backends.take(key.service(), key.options(), key.store(), key.fetcher(), () -> means(key));
        try {
            String url = key.service().url(key.options());
            // The URL may contain a password.
            String name = url == null ? backend.toString() : URISupport.sanitizeUri(url);
            ModelCatalog ofService = catalog.at(backend.traits().face());
            FallbackRequests others = new FallbackRequests(ofService);
            Spending spending = Spending.of(budget, ofService, key.patience().requestTimeout());
            CallLimits limit = limits.take(key.limited(), () -> new CallLimits(timer, ofService::oneNameOf));
            ResilientBackend resilient =
                    new ResilientBackend(backend, key.patience(), others, spending, limit, calls, timer, workers);
            return new Shared(resilient, backend.check(), limit, name);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private ServiceMeans means(Key key) {
        // A call continues with the MDC of the step that begins it.
        Executor goingOn = step -> workers.execute(LoggingContext.current().around(step));
        return new ServiceMeans(
                context,
                catalog,
                key.store(),
                goingOn,
                timer,
                new SecondTry((uri, by) -> fetchers.fetch(uri, by, key.fetcher()), timer),
                Fetchers.servers(key.fetcher()));
    }

    private void leave(Key key) {
        ResilientBackend last;
        synchronized (this) {
            last = shared.leave(key).map(Shared::backend).orElse(null);
            if (last != null) {
                limits.leave(key.limited());
            }
        }
        if (last != null) {
            last.retire();
        }
    }

    private final class Leased implements Lease {

        private final Key key;
        private final Shared shared;

        Leased(Key key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        @Override
        public ImageBackend backend(CallObserver observer) {
            return shared.backend().observedBy(observer);
        }

        @Override
        public ServiceCheck check() {
            return shared.check();
        }

        @Override
        public CompletableFuture<List<JsonNode>> probe(String model) {
            return shared.backend().probe(model);
        }

        @Override
        public Map<String, CallLimits.State> limits() {
            return shared.limits().states();
        }

        @Override
        public BudgetState budget() {
            return budget == null ? null : budget.state();
        }

        @Override
        public PayloadStore store() {
            return key.store();
        }

        @Override
        public ReferenceFetcher fetcher() {
            return key.fetcher().within(key.patience().requestTimeout());
        }

        @Override
        public Executor workers() {
            return workers;
        }

        @Override
        public void close() {
            leave(key);
        }
    }

    /**
     * A backend that is open.
     *
     * @param service the server that it calls
     * @param producers number of producers that share it
     * @param limits of its models, shared with other backends for the same server and account
     */
    public record Open(String service, int producers, Map<String, CallLimits.State> limits) {}

    /** The open backends. */
    public synchronized List<Open> open() {
        return shared.entries()
                .map(entry -> new Open(
                        entry.value().name(),
                        entry.users(),
                        entry.value().limits().states()))
                .toList();
    }

    /** The state of all of them together. */
    public synchronized ClientState state() {
        Map<String, CallLimits.State> byModel = new TreeMap<>();
        limits.entries().forEach(limit -> limit.value()
                .states()
                .forEach((model, state) -> byModel.merge(model, state, CallLimits.State::plus)));
        return new ClientState(byModel, spools.liveFiles(), spools.liveBytes(), budget == null ? null : budget.state());
    }

    @Override
    public void close() throws IOException {
        List<Shared> open;
        synchronized (this) {
            open = shared.entries().map(Counted.Entry::value).toList();
            shared.clear();
            limits.clear();
        }
        fetchers.close();
        // Includes limits of backends that are no longer leased.
        calls.stop();
        open.forEach(each -> each.backend().close());
        context.getExecutorServiceManager().shutdownNow(timer);
        context.getExecutorServiceManager().shutdownGraceful(workers);
        spools.close();
    }
}
