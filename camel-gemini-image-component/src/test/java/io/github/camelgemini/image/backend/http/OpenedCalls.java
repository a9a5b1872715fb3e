package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.NamedServers;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a component would lend, for calls without one. */
final class OpenedCalls implements AfterEachCallback {

    static final String KEY = "marked-key-4711";

    /** As those of a component, which need no name server. */
    static final NamedServers SERVERS = new NamedServers() {
        @Override
        public boolean isAllowed(String address) {
            return !address.contains("//10.");
        }

        @Override
        public boolean isAllowed(String host, InetAddress address) {
            return !address.isLoopbackAddress();
        }
    };

    final CamelContext context = new DefaultCamelContext();
    final PayloadStore store = new PayloadStore(null, 1 << 20);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private HttpCalls calls;

    HttpCalls to(String url) throws Exception {
        return to(url, options -> options);
    }

    HttpCalls to(String url, UnaryOperator<ServiceOptions> change) throws Exception {
        ServiceOptions options = new ServiceOptions(
                KEY, url, null, Map.of(), Duration.ofSeconds(10), Duration.ofSeconds(30), null, null, Map.of(), null);
        ServiceMeans means = new ServiceMeans(
                context,
                ModelCatalog.standard(),
                store,
                workers,
                timer,
                (uri, by) -> new CompletableFuture<>(),
                SERVERS);
        calls = HttpCalls.open(traits(), change.apply(options), means);
        return calls;
    }

    static ServiceTraits traits() {
        return new ServiceTraits(
                "sketch",
                "sketch",
                "Sketch Service",
                "sketch",
                "https://sketch.example",
                List.of("SKETCH_API_KEY"),
                Set.of(),
                Set.of(),
                new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), 1),
                Set.of(ServiceTraits.Ability.GENERATE),
                null);
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        if (calls != null) {
            calls.close();
        }
        workers.shutdownNow();
        timer.shutdownNow();
        context.stop();
        store.close();
    }
}
