package io.github.camelgemini.image.request.fetch;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Fetches the pictures that one message, or the route for it, refers to by {@code https:} or {@code http:}. Up to eight
 * are fetched in parallel. They share a limit of time and of bytes, and the first failure ends the others.
 */
public final class Fetching {

    private static final int MOST_REDIRECTS = 5;
    /** For one message. */
    private static final int AT_A_TIME = 8;
    /** How long after its time limit a call may take to end, and to remove what it has written. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final String TYPES = "image/png,image/jpeg,image/webp,image/heic,image/heif";

    private final ReferenceFetcher fetcher;
    private final long largest;
    /** Whether the time limit only begins when a thread is available. */
    private final boolean ofAnswer;

    private volatile long deadline;
    private final List<Call> calls = new ArrayList<>();
    /** They begin when others have ended, so that a message with many slow pictures leaves threads to others. */
    private final Queue<Fetch<?>> waiting = new ArrayDeque<>();

    private final long most;
    private int begun;
    private long bytes;
    private boolean cancelled;

    /**
     * Starts without any picture.
     *
     * @param largest the model's limit for one picture, in bytes
     */
    public Fetching(ReferenceFetcher fetcher, long largest) {
        this(fetcher, largest, ReferenceFetcher.LARGEST_MESSAGE);
    }

    /**
     * Starts without any picture.
     *
     * @param largest the model's limit for one picture, in bytes
     * @param most limit for all pictures together, in bytes
     */
    public Fetching(ReferenceFetcher fetcher, long largest, long most) {
        this(fetcher, largest, most, false);
    }

    private Fetching(ReferenceFetcher fetcher, long largest, long most, boolean ofAnswer) {
        this.ofAnswer = ofAnswer;
        this.most = Math.min(most, ReferenceFetcher.LARGEST_MESSAGE);
        this.fetcher = fetcher;
        this.largest = Math.min(largest, ReferenceFetcher.LARGEST_PICTURE);
        this.deadline = System.nanoTime() + fetcher.settings().timeLimit().toNanos();
    }

    /** For one picture of an answer. It is billed, so its time limit does not run while it waits for a thread. */
    public static Fetching ofAnswer(ReferenceFetcher fetcher) {
        return new Fetching(fetcher, Long.MAX_VALUE, ReferenceFetcher.LARGEST_MESSAGE, true);
    }

    /** A picture that was fetched. */
    public record Picture(Payload payload, ImageInfo info) {}

    /** Fetches a picture on another thread. */
    public CompletableFuture<Picture> fetch(Target target) {
        return onOtherThread(
                target, () -> picture(target), picture -> picture.payload().discard());
    }

    /**
     * Checks on another thread whether a server outside this network can fetch a picture. A message must not reach
     * private networks through a service either.
     *
     * @return true also for an unknown host that the route names; fails with a {@link ReferenceImageException} when
     *     fetching from it is not allowed
     */
    public CompletableFuture<Boolean> isPublic(Target target) {
        return onOtherThread(target, () -> fetcher.isPublic(target), answer -> {});
    }

    private <T> CompletableFuture<T> onOtherThread(Target target, Supplier<T> work, Consumer<T> unused) {
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                cancel();
            }
        });
        if (!ofAnswer) {
            limit(target, result);
        }
        begin(new Fetch<>(target, result, work, unused));
        return result;
    }

    /** Calls apply the limit themselves. But a DNS lookup cannot be ended, and may be what occupies all the threads. */
    private void limit(Target target, CompletableFuture<?> result) {
        CompletableFuture<Void> limit = new CompletableFuture<Void>()
                .completeOnTimeout(null, deadline + GRACE.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        limit.thenRunAsync(() -> fail(result, tooSlow(target)), LateThread::run);
        result.whenComplete((done, failure) -> limit.cancel(false));
    }

    /** A task for another thread. */
    private record Fetch<T>(Target target, CompletableFuture<T> result, Supplier<T> work, Consumer<T> unused) {}

    private void begin(Fetch<?> fetch) {
        synchronized (this) {
            if (begun == AT_A_TIME) {
                waiting.add(fetch);
                return;
            }
            begun++;
        }
        execute(fetch);
    }

    private void execute(Fetch<?> fetch) {
        try {
            fetcher.executor().execute(() -> {
                run(fetch);
                next();
            });
        } catch (RejectedExecutionException e) {
            fail(
                    fetch.result(),
                    fetcher.isClosed()
                            ? stopped(fetch.target())
                            : new RateLimitException(
                                    fetch.target().told() + " is not fetched: too many other images wait to be fetched",
                                    Duration.ZERO,
                                    ProviderError.NONE));
            next();
        }
    }

    private <T> void run(Fetch<T> fetch) {
        if (fetch.result().isDone()) {
            return;
        }
        if (ofAnswer) {
            deadline = System.nanoTime() + fetcher.settings().timeLimit().toNanos();
            limit(fetch.target(), fetch.result());
        }
        try {
            T done = fetch.work().get();
            if (!fetch.result().complete(done)) {
                fetch.unused().accept(done);
            }
        } catch (Throwable e) {
            fail(fetch.result(), e);
        }
    }

    private void next() {
        Fetch<?> next;
        synchronized (this) {
            do {
                next = waiting.poll();
            } while (next != null && next.result().isDone());
            if (next == null) {
                begun--;
                return;
            }
        }
        execute(next);
    }

    private void fail(CompletableFuture<?> result, Throwable failure) {
        result.completeExceptionally(failure);
        cancel();
    }

    /** Ends everything that is still being fetched. */
    private synchronized void cancel() {
        cancelled = true;
        calls.forEach(Call::cancel);
    }

    private Picture picture(Target start) {
        HttpUrl url = start.url();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Call call = call(start, url);
            try (Response response = call.execute()) {
                if (!response.isRedirect()) {
                    return picture(start, response);
                }
                url = next(start, url, response);
            } catch (UncheckedIOException e) {
                throw failure(start, url, e.getCause());
            } catch (IOException e) {
                throw failure(start, url, e);
            }
        }
        throw new ReferenceImageException(start.told() + " redirects more than " + MOST_REDIRECTS
                + " times, the last time to " + Target.shown(url));
    }

    private Call call(Target start, HttpUrl url) {
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", TYPES)
                .header("User-Agent", "camel-gemini-image")
                .build();
        Call call = client(start, url).newCall(request);
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw tooSlow(start);
        }
        call.timeout().timeout(left, TimeUnit.NANOSECONDS);
        synchronized (this) {
            calls.add(call);
            if (cancelled) {
                call.cancel();
            }
        }
        return call;
    }

    private OkHttpClient client(Target start, HttpUrl url) {
        try {
            return fetcher.client(start, url);
        } catch (IllegalStateException e) {
            throw stopped(start);
        }
    }

    private HttpUrl next(Target start, HttpUrl url, Response response) {
        String location = response.header("Location");
        HttpUrl next = location == null ? null : url.resolve(location);
        String redirect = start.told() + " answered HTTP " + response.code() + " with a redirect ";
        if (next == null) {
            throw new ReferenceImageException(
                    redirect + (location == null ? "without a location" : "that is not to an http(s) URL"));
        }
        if (url.isHttps() && !next.isHttps()) {
            throw new ReferenceImageException(
                    redirect + "from https to " + Target.shown(next) + ", which is not followed");
        }
        fetcher.checkHost(start, next);
        // User and password in a redirect are not sent, and nothing that is shown contains them.
        return next.newBuilder().username("").password("").build();
    }

    private Picture picture(Target start, Response response) throws IOException {
        if (response.code() != 200) {
            String told = start.told() + " answered HTTP " + response.code()
                    + (response.message().isEmpty() ? "" : " " + Target.shortened(response.message()));
            throw new ReferenceImageException(told, new NoPictureException(response.code()));
        }
        ResponseBody body = response.body();
        if (body.contentLength() > largest) {
            throw tooLarge(start, "has " + body.contentLength() + " bytes");
        }
        Payload payload = copy(start, body);
        ImageInfo info = payload.length() == 0
                ? null
                : ImageInfo.read(payload).or(() -> media(payload)).orElse(null);
        if (info == null) {
            MediaType type = body.contentType();
            long length = payload.length();
            payload.discard();
            throw new ReferenceImageException(
                    start.told()
                            + (length == 0
                                    ? " answered HTTP 200 with an empty body"
                                    : " is not an image of a known type (PNG, JPEG, WebP, HEIC, HEIF), but " + length
                                            + " bytes, declared as "
                                            + (type == null ? "nothing" : Target.shortened(type.toString()))),
                    new NoPictureException(response.code()));
        }
        if (!info.isWhole(payload)) {
            long length = payload.length();
            payload.discard();
            throw new ReferenceImageException(
                    start.told() + " is truncated: " + length + " bytes of " + info.mimeType() + "; the end is missing",
                    new EOFException());
        }
        return new Picture(payload, info);
    }

    private static Optional<ImageInfo> media(Payload payload) {
        try {
            return ImageInfo.ofMedia(payload);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Payload copy(Target start, ResponseBody body) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long length = 0;
        try (InputStream in = body.byteStream();
                PayloadStore.Writer writer = fetcher.store().newWriter()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                length += count;
                if (length > largest) {
                    throw tooLarge(start, "has more than " + largest + " bytes");
                }
                take(start, count);
                writer.write(buffer, 0, count);
            }
            return writer.finish();
        }
    }

    private synchronized void take(Target start, int count) {
        bytes += count;
        if (bytes > most) {
            throw new ReferenceImageException(start.told()
                    + " is too much: the images fetched for one message may have at most " + most + " bytes together");
        }
    }

    private ReferenceImageException tooLarge(Target start, String what) {
        return new ReferenceImageException(start.told() + " " + what + "; at most " + largest + " are fetched");
    }

    private ReferenceImageException tooSlow(Target start) {
        return new ReferenceImageException(
                start.told() + " was not fetched within "
                        + fetcher.settings().timeLimit().toMillis() + " ms",
                new SocketTimeoutException());
    }

    /** Not the picture's fault, so that the message is retried later or elsewhere. */
    private static ServiceUnavailableException stopped(Target start) {
        return new ServiceUnavailableException(
                start.told() + " was not fetched: the component was stopped, or its thread pool rejected the task",
                Duration.ZERO,
                ProviderError.NONE,
                null);
    }

    private GeminiImageException failure(Target start, HttpUrl url, IOException failure) {
        return LocalStorageException.or(failure, () -> unfetched(start, url, failure));
    }

    private ReferenceImageException unfetched(Target start, HttpUrl url, IOException failure) {
        String at = url.equals(start.url()) ? "" : " (redirected to " + Target.shown(url) + ")";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return ReferenceFetcher.refused(start, url, "has no public address");
            }
            if (cause instanceof UnknownHostException && !fetcher.isOfTheRoute(start, url)) {
                // The same as for a forbidden host. A different message would let a sender find the host names of a
                // network.
                return ReferenceFetcher.refused(start, url, "has no public address");
            }
            if (cause instanceof UnknownHostException) {
                return new ReferenceImageException(
                        start.told() + at + " cannot be fetched: unknown host " + url.host(), failure);
            }
        }
        if (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)) {
            return tooSlow(start);
        }
        // The client's messages contain a host, never a query.
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new ReferenceImageException(start.told() + at + " cannot be fetched: " + reason, failure);
    }
}
