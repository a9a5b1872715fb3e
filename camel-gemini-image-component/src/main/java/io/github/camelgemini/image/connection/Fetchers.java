package io.github.camelgemini.image.connection;

import io.github.camelgemini.image.backend.NamedServers;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.Tls;
import io.github.camelgemini.image.backend.UntrustedCertificate;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.Fetching;
import io.github.camelgemini.image.request.fetch.NamedBy;
import io.github.camelgemini.image.request.fetch.NoPictureException;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Who fetches pictures by address. Each stays until the component stops, and holds connections only where it has fetched. */
final class Fetchers {

    /** Servers that a message names may be slow on purpose, so they get no more threads than these. */
    private static final int FETCHES_AT_A_TIME = 32;
    /** Each message has no more than 8 in it. */
    private static final int QUEUED = 1_000;

    /** A picture that takes longer is not worth a thread; servers that a message names may be slow on purpose. */
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

    private record Key(Wanted.Fetching fetching, PayloadStore store) {}

    private final CamelContext context;
    private final ExecutorService threads;
    /** Of pictures that are paid for, and do not wait for what messages name. */
    private final ExecutorService threadsOfAnswers;

    private final Map<Key, ReferenceFetcher> fetchers = new HashMap<>();

    Fetchers(CamelContext context) {
        this.context = context;
        this.threads = newThreads("GeminiImageFetch", QUEUED);
        // No more wait than answers have come.
        this.threadsOfAnswers = newThreads("GeminiImageFetchAnswers", Integer.MAX_VALUE);
    }

    private ExecutorService newThreads(String name, int queued) {
        ThreadPoolProfile fewThreads = new ThreadPoolProfile(name);
        fewThreads.setPoolSize(FETCHES_AT_A_TIME);
        fewThreads.setMaxPoolSize(FETCHES_AT_A_TIME);
        // Of such a pool, -1 is no queue at all.
        fewThreads.setMaxQueueSize(queued);
        // By default the route's own thread would fetch.
        fewThreads.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        fewThreads.setAllowCoreThreadTimeOut(true);
        return context.getExecutorServiceManager().newThreadPool(this, name, fewThreads);
    }

    synchronized ReferenceFetcher fetcher(Wanted.Fetching wanted, PayloadStore store) throws Exception {
        Key key = new Key(wanted, store);
        ReferenceFetcher known = fetchers.get(key);
        if (known == null) {
            Tls tls = Tls.of(wanted.tls(), context);
            FetchSettings settings = new FetchSettings(
                    wanted.allowedHosts(),
                    wanted.privateAllowed(),
                    wanted.connectTimeout(),
                    LONGEST_FETCH,
                    wanted.proxy() == null ? null : wanted.proxy().toProxy(),
                    tls == null ? null : tls.trustManager());
            known = new ReferenceFetcher(settings, store, threads);
            fetchers.put(key, known);
        }
        return known;
    }

    /**
     * A picture of an answer, asked for once.
     *
     * @throws ReferenceImageException when it may not be fetched, so that nobody is asked
     */
    CompletableFuture<GeneratedImage> fetch(String uri, PictureFetch.By by, ReferenceFetcher fetcher) {
        CompletableFuture<Fetching.Picture> fetching =
                Fetching.ofAnswer(fetcher.on(threadsOfAnswers)).fetch(fetcher.target(uri, namedBy(by)));
        CompletableFuture<GeneratedImage> image = new CompletableFuture<>();
        Steps.endWith(image, fetching);
        fetching.whenComplete((picture, failure) -> {
            try {
                if (failure != null) {
                    image.completeExceptionally(lasting(Steps.cause(failure)));
                } else if (!image.complete(ofPicture(picture))) {
                    picture.payload().discard();
                }
            } catch (RuntimeException e) {
                image.completeExceptionally(e);
            }
        });
        return image;
    }

    /** What a server or the way to it brought about may pass; what is not allowed, or is no picture, stays as it is. */
    private static Throwable lasting(Throwable failure) {
        if (!(failure instanceof ReferenceImageException)
                || !(failure.getCause() instanceof IOException why)
                || UntrustedCertificate.isCauseOf(why)) {
            return failure;
        }
        int status = why instanceof NoPictureException refused ? refused.status() : 0;
        return new ServiceUnavailableException(
                failure.getMessage(), Duration.ZERO, new ProviderError(status, null, null, null), why);
    }

    /** Those from which pictures of answers are fetched. */
    static NamedServers servers(ReferenceFetcher fetcher) {
        return new NamedServers() {
            @Override
            public boolean isAllowed(String address) {
                try {
                    fetcher.target(address, NamedBy.SERVICE);
                    return true;
                } catch (ReferenceImageException e) {
                    return false;
                }
            }

            @Override
            public boolean isAllowed(String host, InetAddress address) {
                return fetcher.reaches(host, address);
            }
        };
    }

    private static NamedBy namedBy(PictureFetch.By by) {
        return switch (by) {
            case SERVER -> NamedBy.SERVER;
            case SERVICE -> NamedBy.SERVICE;
            case MODEL -> NamedBy.MODEL;
        };
    }

    private static GeneratedImage ofPicture(Fetching.Picture picture) {
        if (!picture.info().isPicture()) {
            picture.payload().discard();
            throw new ReferenceImageException("the content is " + picture.info().mimeType() + ", not an image");
        }
        return new GeneratedImage(picture.payload(), picture.info());
    }

    void close() {
        List<ReferenceFetcher> open;
        synchronized (this) {
            open = List.copyOf(fetchers.values());
            fetchers.clear();
        }
        open.forEach(ReferenceFetcher::close);
        context.getExecutorServiceManager().shutdownGraceful(threads);
        context.getExecutorServiceManager().shutdownGraceful(threadsOfAnswers);
    }
}
