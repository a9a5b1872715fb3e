package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.CallFailure;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.secret.OutsideFailure;
import io.github.camelgemini.image.secret.OutsideText;
import io.github.camelgemini.image.secret.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Calls of one service by Camel HTTP, on the threads that the component lends.
 *
 * <p>A call is as the {@code http} or {@code https} component of the context is configured (its TLS, proxy, client configurer,
 * connection manager, but not its credentials for servers), with the route's {@code sslContextParameters}, {@code proxyHost},
 * {@code connectTimeout}, {@code idleTimeout} and {@code additionalHeader.} in place of those. It follows no redirect, is sent
 * once, keeps no cookies, carries no header of any exchange, and has no limit of time as a whole. Thread-safe.
 */
public final class HttpCalls implements AutoCloseable {

    /** Any emulator takes it. */
    private static final String KEY_OF_EMULATOR = "emulator";

    private static final String CAMEL_HTTP = "org.apache.camel.component.http.HttpComponent";

    private final ServiceTraits traits;
    /** Hosts as Docker Compose names them, with an underscore, are none to {@link URI}. */
    private final HttpUrl base;

    private final String key;
    private final Map<String, String> headers;
    private final Executor workers;
    private final ServiceOptions options;
    private final ServiceMeans means;
    private final ServiceClient client;
    private final Secrets.Held secrets;
    /** Of servers that only the service names; null until one is called. */
    private ServiceClient guarded;

    private boolean closed;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    private HttpCalls(ServiceTraits traits, HttpUrl base, String key, ServiceOptions options, ServiceMeans means)
            throws Exception {
        this.traits = traits;
        this.base = base;
        this.key = key;
        this.headers = options.checkedHeaders();
        this.workers = means.workers();
        this.options = options;
        this.means = means;
        this.client = new ServiceClient(base.uri(), options, means, null);
        this.secrets = Secrets.hold(headers, key);
    }

    /**
     * Opens no connection yet.
     *
     * @param traits of the service: where it is and where its key is found, if the options do not say so
     * @param options whose {@code baseUrl} is taken as it is, a version at its end included
     * @throws InvalidRequestException when {@code camel-http} is not on the class path, or {@code baseUrl} is wrong
     * @throws AuthenticationException when there is no key
     */
    public static HttpCalls open(ServiceTraits traits, ServiceOptions options, ServiceMeans means) throws Exception {
        requireCamelHttp(traits);
        return new HttpCalls(traits, base(traits, options), key(traits, options), options, means);
    }

    private static void requireCamelHttp(ServiceTraits traits) {
        try {
            Class.forName(CAMEL_HTTP, false, HttpCalls.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InvalidRequestException(
                    "service=" + traits.service()
                            + " requires Camel HTTP: add the dependency org.apache.camel:camel-http"
                            + " (Spring Boot: org.apache.camel.springboot:camel-http-starter)",
                    e);
        }
    }

    private static HttpUrl base(ServiceTraits traits, ServiceOptions options) {
        return Stream.of(options.emulator(), BaseUrl.asItIs(options.baseUrl()), traits.baseUrl())
                .filter(Objects::nonNull)
                .findFirst()
                .map(HttpUrl::get)
                .orElseThrow(() ->
                        new InvalidRequestException("service=" + traits.service() + " requires the option baseUrl"));
    }

    private static String key(ServiceTraits traits, ServiceOptions options) {
        if (options.emulator() != null) {
            return KEY_OF_EMULATOR;
        }
        return options.key(traits.keyVariables())
                .orElseThrow(() -> new AuthenticationException(
                        "service=" + traits.service() + " requires an API key of " + traits.title()
                                + ": set the option apiKey, or the environment variable "
                                + String.join(" or ", traits.keyVariables()),
                        ProviderError.NONE,
                        null));
    }

    /** The key, which goes to the address of {@link #uri} and nowhere else; one that is worth nothing for the emulator. */
    public String key() {
        return key;
    }

    /**
     * An address at the service.
     *
     * @param path from the base URL on, beginning with a slash, encoded; a query may follow
     * @throws InvalidRequestException when it is no path; the message does not repeat it, since it may carry a key
     */
    public URI uri(String path) {
        try {
            return new URI(base.toString().replaceFirst("/+$", "") + path);
        } catch (URISyntaxException e) {
            // It holds the whole address, so that it is no cause.
            throw new InvalidRequestException(
                    "The path of a call to " + traits.title() + " is not encoded correctly: " + e.getReason());
        }
    }

    /** The host that is called. */
    public String host() {
        return base.host();
    }

    /** Whether an address is at the server that is called, port included. */
    public boolean isOfServer(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return url != null && base.host().equals(url.host()) && base.port() == url.port();
    }

    /**
     * Whether the service may name an address to send the user's pictures to: at its own server, or by {@code https:} where
     * pictures of answers may be fetched as well. What a name leads to is checked again when it is connected to.
     */
    public boolean mayBeCalled(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return isOfServer(address)
                || url != null && url.isHttps() && means.servers().isAllowed(address);
    }

    /** {@code idleTimeout}: how long a call that draws nothing may be silent before its answer, too. */
    public Duration idleTimeout() {
        return options.idleTimeout();
    }

    /**
     * Text as one part of a path, encoded.
     *
     * @throws InvalidRequestException when it would be no part, but lead to another path
     */
    public static String segment(String text) {
        if (!isSegment(text)) {
            throw new InvalidRequestException("'" + text + "' cannot be part of an address");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isSegment(String text) {
        return !text.isBlank() && !text.matches("(?s)\\.{1,2}|.*[/\\\\\\p{Cntrl}].*");
    }

    /** Whether what a server calls an id is one that can be asked for by {@link #segment}. */
    public static boolean isId(String said) {
        return OutsideText.isId(said) && isSegment(said);
    }

    /**
     * Makes a call, without blocking the caller. Cancelling the future ends it at once.
     *
     * @param reading told of the answer, whatever its status, on a worker thread
     * @param discard lets go of what was read when nobody takes it any more
     * @return what was read; or, as failure, a {@link io.github.camelgemini.image.error.GeminiImageException}
     */
    public <T> CompletableFuture<T> send(HttpCall call, Reading<T> reading, Consumer<? super T> discard) {
        return sendAsItIs(client, withHeaders(call), reading, discard);
    }

    /** The same to a server that {@link #mayBeCalled}, which gets none of the additional headers. */
    public <T> CompletableFuture<T> sendElsewhere(HttpCall call, Reading<T> reading, Consumer<? super T> discard) {
        try {
            return sendAsItIs(isOfServer(call.uri().toString()) ? client : guarded(), call, reading, discard);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized ServiceClient guarded() throws Exception {
        if (closed) {
            throw new IllegalStateException("The component was stopped");
        }
        if (guarded == null) {
            guarded = new ServiceClient(URI.create("https://elsewhere"), options, means, means.servers());
        }
        return guarded;
    }

    private <T> CompletableFuture<T> sendAsItIs(
            ServiceClient server, HttpCall call, Reading<T> reading, Consumer<? super T> discard) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ServiceClient.Sending sending = server.prepare(call);
        underWay.add(result);
        result.whenComplete((done, failure) -> {
            underWay.remove(result);
            if (result.isCancelled()) {
                sending.cancel();
            }
        });
        try {
            workers.execute(() -> {
                try {
                    T read = sending.run(reading);
                    if (!result.complete(read)) {
                        discard.accept(read);
                    }
                } catch (Throwable e) {
                    result.completeExceptionally(failure(e, call));
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private Throwable failure(Throwable failure, HttpCall call) {
        ErrorContext context = context().forModel(call.model(), null);
        Optional<GeminiImageException> known = new CallFailure(context, host(call), this::redact).of(failure);
        return known.isPresent() ? known.get() : OutsideFailure.of(failure);
    }

    private String host(HttpCall call) {
        HttpUrl url = HttpUrl.parse(call.uri().toString());
        return url == null ? base.host() : url.host();
    }

    /** The service, for sentences of exceptions. */
    public ErrorContext context() {
        return ErrorContext.of(traits.title(), traits.keyVariables());
    }

    private HttpCall withHeaders(HttpCall call) {
        HttpCall whole = call;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            whole = whole.header(header.getKey(), header.getValue());
        }
        return whole;
    }

    /** A text of others without credentials, see {@link Secrets#redact}. */
    public String redact(String text) {
        return Secrets.redact(text);
    }

    /** Ends the calls under way and lets go of the connections. */
    @Override
    public void close() {
        underWay.forEach(call -> call.cancel(true));
        client.close();
        secrets.close();
        synchronized (this) {
            closed = true;
            if (guarded != null) {
                guarded.close();
            }
        }
    }

    /** Where it leads, without secrets. */
    @Override
    public String toString() {
        return "HttpCalls[" + traits.service() + " at " + base + "]";
    }
}
