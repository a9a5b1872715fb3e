package io.github.camelgemini.image.request.fetch;

import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * The pictures that one message, or the route for it, names by {@code https:} or {@code http:}. They are fetched at the same
 * time, and share a limit of time and of bytes; the first failure ends the others.
 */
public final class Fetching {

    private static final int MOST_REDIRECTS = 5;
    private static final String TYPES = "image/png,image/jpeg,image/webp,image/heic,image/heif";
    private static final int LONGEST_SHOWN = 200;
    /** By the URL standard of WHATWG an IPv4 address: decimal, octal, hexadecimal, with any number of dots. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("((0|[1-9][0-9]{0,2})(\\.(?!$)|$)){4}");

    private final ReferenceFetcher fetcher;
    private final boolean trusted;
    private final long largest;
    private final long deadline;
    private final List<Call> calls = new ArrayList<>();
    private long bytesLeft = ReferenceFetcher.LARGEST_MESSAGE;
    private boolean cancelled;

    Fetching(ReferenceFetcher fetcher, boolean trusted, long largest) {
        this.fetcher = fetcher;
        this.trusted = trusted;
        this.largest = largest;
        this.deadline = System.nanoTime() + fetcher.settings().timeLimit().toNanos();
    }

    /** A picture that came; its bytes belong to whoever takes it. */
    public record Picture(Payload payload, ImageInfo info) {}

    /** Whether this is a URI for {@link #check}. */
    public static boolean isHttp(String uri) {
        return uri.regionMatches(true, 0, "https:", 0, 6) || uri.regionMatches(true, 0, "http:", 0, 5);
    }

    /**
     * Checks what can be checked before anything is sent.
     *
     * @throws ReferenceImageException when this URI may not be fetched, saying why
     */
    public HttpUrl check(String uri) {
        HttpUrl url = HttpUrl.parse(uri);
        if (url == null) {
            throw new ReferenceImageException("reference picture " + shortened(uri.replaceFirst("[?#].*", "?…"))
                    + " has no valid URL; write https://host/path");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new ReferenceImageException(told(url)
                    + " has a user or a password before the host, which is not sent; fetch it in the route and send it as"
                    + " body");
        }
        if (!trusted) {
            checkHost(url, url);
        }
        return url;
    }

    /** Hosts that the route does not name itself. */
    private void checkHost(HttpUrl start, HttpUrl url) {
        if (ENDS_IN_A_NUMBER.matcher(url.host()).matches()
                && !IPV4.matcher(url.host()).matches()) {
            throw refused(start, url, "is no name, and as an address means different things to different programs");
        }
        FetchSettings settings = fetcher.settings();
        boolean named = settings.names(url.host());
        if (!trusted && !settings.allowedHosts().isEmpty() && !named) {
            throw refused(start, url, "is not among allowedReferenceHosts");
        }
        if (!named && fetcher.usesProxy(url)) {
            throw refused(
                    start,
                    url,
                    "would be looked up by the HTTP proxy, out of our sight; behind a proxy only hosts in"
                            + " allowedReferenceHosts are fetched from");
        }
    }

    /** Fetches a picture, on another thread. */
    public CompletableFuture<Picture> fetch(HttpUrl url) {
        CompletableFuture<Picture> result = new CompletableFuture<>();
        try {
            fetcher.executor().execute(() -> {
                try {
                    result.complete(picture(url));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                    cancel();
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(stopped(url));
        }
        return result;
    }

    /** Ends what is still being fetched. */
    private synchronized void cancel() {
        cancelled = true;
        calls.forEach(Call::cancel);
    }

    private Picture picture(HttpUrl start) {
        HttpUrl url = start;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Call call = call(start, url);
            try (Response response = call.execute()) {
                if (!response.isRedirect()) {
                    return picture(start, response);
                }
                url = next(start, url, response);
            } catch (IOException e) {
                throw failure(start, url, e);
            }
        }
        throw new ReferenceImageException(
                told(start) + " redirects more than " + MOST_REDIRECTS + " times, last to " + shown(url));
    }

    private Call call(HttpUrl start, HttpUrl url) {
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

    private OkHttpClient client(HttpUrl start, HttpUrl url) {
        ReferenceFetcher.Clients clients;
        try {
            clients = fetcher.clients();
        } catch (IllegalStateException e) {
            throw stopped(start);
        }
        boolean ofTheRoute = trusted && url.host().equals(start.host());
        boolean byProxy = fetcher.settings().names(url.host()) && fetcher.usesProxy(url);
        return ofTheRoute || byProxy ? clients.open() : clients.guarded();
    }

    private HttpUrl next(HttpUrl start, HttpUrl url, Response response) {
        String location = response.header("Location");
        HttpUrl next = location == null ? null : url.resolve(location);
        String redirect = told(start) + " answers HTTP " + response.code() + " with a redirect ";
        if (next == null) {
            throw new ReferenceImageException(redirect + (location == null ? "to nowhere" : "to no http(s) URL"));
        }
        if (url.isHttps() && !next.isHttps()) {
            throw new ReferenceImageException(redirect + "from https to " + shown(next) + ", which is not followed");
        }
        if (!trusted || !next.host().equals(start.host())) {
            checkHost(start, next);
        }
        // User and password of a redirect are not sent; nothing that is shown has them.
        return next.newBuilder().username("").password("").build();
    }

    private Picture picture(HttpUrl start, Response response) throws IOException {
        if (response.code() != 200) {
            throw new ReferenceImageException(told(start) + " answers HTTP " + response.code()
                    + (response.message().isEmpty() ? "" : " " + shortened(response.message())));
        }
        ResponseBody body = response.body();
        if (body.contentLength() > largest) {
            throw tooLarge(start, "has " + body.contentLength() + " bytes");
        }
        Payload payload = copy(start, body);
        ImageInfo info = payload.length() == 0 ? null : ImageInfo.read(payload).orElse(null);
        if (info == null) {
            MediaType type = body.contentType();
            long length = payload.length();
            payload.close();
            throw new ReferenceImageException(told(start)
                    + (length == 0
                            ? " answers HTTP 200 with nothing in it"
                            : " is no picture of a known type (PNG, JPEG, WebP, HEIC, HEIF), but " + length
                                    + " bytes, declared as "
                                    + (type == null ? "nothing" : shortened(type.toString()))));
        }
        return new Picture(payload, info);
    }

    private Payload copy(HttpUrl start, ResponseBody body) throws IOException {
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

    private synchronized void take(HttpUrl start, int count) {
        bytesLeft -= count;
        if (bytesLeft < 0) {
            throw new ReferenceImageException(
                    told(start) + " is too much: the pictures fetched for one message have more than "
                            + ReferenceFetcher.LARGEST_MESSAGE + " bytes together");
        }
    }

    private ReferenceImageException tooLarge(HttpUrl start, String what) {
        return new ReferenceImageException(told(start) + " " + what + "; " + largest + " are fetched at most");
    }

    private ReferenceImageException tooSlow(HttpUrl start) {
        return new ReferenceImageException(told(start) + " was not there within "
                + fetcher.settings().timeLimit().toMillis() + " ms");
    }

    private static ReferenceImageException stopped(HttpUrl start) {
        return new ReferenceImageException(told(start) + " was not fetched: the component was stopped");
    }

    private ReferenceImageException failure(HttpUrl start, HttpUrl url, IOException failure) {
        String at = url.equals(start) ? "" : " (redirected to " + shown(url) + ")";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return refused(start, url, "has no public address");
            }
            if (cause instanceof UnknownHostException) {
                return new ReferenceImageException(
                        told(start) + at + " cannot be fetched: nobody knows the host " + url.host(), failure);
            }
        }
        if (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)) {
            return tooSlow(start);
        }
        // The client's messages name a host, never a query.
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new ReferenceImageException(told(start) + at + " cannot be fetched: " + reason, failure);
    }

    private static ReferenceImageException refused(HttpUrl start, HttpUrl url, String why) {
        String redirected = url.equals(start) ? "" : " redirects to " + shown(url) + " and";
        return new ReferenceImageException(
                told(start) + redirected + " is not fetched: the host " + url.host() + " " + why);
    }

    private static String told(HttpUrl url) {
        return "reference picture " + shown(url);
    }

    /** Without user, password, query and fragment, any of which may be secret. */
    private static String shown(HttpUrl url) {
        HttpUrl bare = url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build();
        return shortened(bare.toString()) + (url.query() == null ? "" : "?…");
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
