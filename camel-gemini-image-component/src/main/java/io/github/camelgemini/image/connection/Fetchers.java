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

/**
 * The fetchers of pictures by URL. Each stays until the component stops, and has connections only to servers it has
 * called.
 */
final class Fetchers {

    /** Servers that a message names may be slow on purpose, so they get a limited number of threads. */
    private static final int FETCHES_AT_A_TIME = 32;
    /** The queue is bounded; a message has at most 8 pictures. */
    private static final int QUEUED = 1_000;

    /** Servers that a message names may be slow on purpose, so a slow download does not keep a thread. */
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

    private record Key(Wanted.Fetching fetching, PayloadStore store) {}

    private final CamelContext context;
    private final ExecutorService threads;
    /** Separate threads for pictures of answers. These are billed, and must not wait for servers that messages name. */
    private final ExecutorService threadsOfAnswers;

    private final Map<Key, ReferenceFetcher> fetchers = new HashMap<>();

    Fetchers(CamelContext context) {
        this.context = context;
        this.threads = newThreads("GeminiImageFetch", QUEUED);
        // The queue needs no limit: there are no more of these than answers.
        this.threadsOfAnswers = newThreads("GeminiImageFetchAnswers", Integer.MAX_VALUE);
    }

    private ExecutorService newThreads(String name, int queued) {
        ThreadPoolProfile fewThreads = new ThreadPoolProfile(name);
        fewThreads.setPoolSize(FETCHES_AT_A_TIME);
        fewThreads.setMaxPoolSize(FETCHES_AT_A_TIME);
        // For such a pool, -1 means no queue at all.
        fewThreads.setMaxQueueSize(queued);
        // By default, a full pool would use the route's own thread.
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
     * Fetches a picture of an answer, without a retry.
     *
     * @throws ReferenceImageException when the URL is not allowed; no server is called then
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

    /**
     * Failures of the server or the connection may be temporary. A forbidden URL, or data that is not a picture, is
     * final.
     */
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

    /** The servers from which pictures of answers may be fetched. */
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
