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
 * Calls one service with Camel HTTP, on threads of the component.
 *
 * <p>Calls use the configuration of the {@code http} or {@code https} component in the context: TLS, proxy, client
 * configurer and connection manager, but not its credentials for servers. The route's {@code sslContextParameters},
 * {@code proxyHost}, {@code connectTimeout}, {@code idleTimeout} and {@code additionalHeader.} override it. A call
 * follows no redirect and is sent once. It stores no cookies, and sends no header of an exchange. It has no overall
 * time limit. Thread-safe.
 */
public final class HttpCalls implements AutoCloseable {

    /** Every emulator accepts it. */
    private static final String KEY_OF_EMULATOR = "emulator";

    private static final String CAMEL_HTTP = "org.apache.camel.component.http.HttpComponent";

    private final ServiceTraits traits;
    /** {@link URI} does not accept host names with an underscore, which Docker Compose uses. */
    private final HttpUrl base;

    private final String key;
    private final Map<String, String> headers;
    private final Executor workers;
    private final ServiceOptions options;
    private final ServiceMeans means;
    private final ServiceClient client;
    private final Secrets.Held secrets;
    /** For servers that only the service names; null until one is called. */
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
     * @param traits of the service: its address and environment variables, used if the options do not set them
     * @param options whose {@code baseUrl} is used unchanged, including a version at its end
     * @throws InvalidRequestException when {@code camel-http} is not on the class path, or {@code baseUrl} is invalid
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

    /** The key, to be sent to the address of {@link #uri} only. For an emulator, a placeholder without value. */
    public String key() {
        return key;
    }

    /**
     * An address at the service.
     *
     * @param path below the base URL, encoded, beginning with a slash; may have a query
     * @throws InvalidRequestException when it is not a path; the message does not contain it, since it may contain a
     *     key
     */
    public URI uri(String path) {
        try {
            return new URI(base.toString().replaceFirst("/+$", "") + path);
        } catch (URISyntaxException e) {
            // The cause is left out, because it contains the whole address.
            throw new InvalidRequestException(
                    "The path of a call to " + traits.title() + " is not encoded correctly: " + e.getReason());
        }
    }

    /** The host name of the service. */
    public String host() {
        return base.host();
    }

    /** Whether an address is on this server, including its port. */
    public boolean isOfServer(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return url != null && base.host().equals(url.host()) && base.port() == url.port();
    }

    /**
     * Whether the user's pictures may be sent to an address that the service names. Allowed are its own server, and
     * {@code https:} addresses from which pictures of answers may be downloaded. The IP address is checked again when
     * the connection is opened.
     */
    public boolean mayBeCalled(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return isOfServer(address)
                || url != null && url.isHttps() && means.servers().isAllowed(address);
    }

    /** {@code idleTimeout}. For calls that do not run a model it also limits the wait for the answer. */
    public Duration idleTimeout() {
        return options.idleTimeout();
    }

    /**
     * Encodes a text as one segment of a path.
     *
     * @throws InvalidRequestException when the text would lead to another path
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

    /** Whether an id from the server can be used with {@link #segment}. */
    public static boolean isId(String said) {
        return OutsideText.isId(said) && isSegment(said);
    }

    /**
     * Makes a call without blocking the caller. Cancelling the future ends the call at once.
     *
     * @param reading reads the answer, whatever its status, on a worker thread
     * @param discard releases a result that nobody takes any more
     * @return the result of {@code reading}; failures are a {@link
     *     io.github.camelgemini.image.error.GeminiImageException}
     */
    public <T> CompletableFuture<T> send(HttpCall call, Reading<T> reading, Consumer<? super T> discard) {
        return sendAsItIs(client, withHeaders(call), reading, discard);
    }

    /** Does the same on a server that {@link #mayBeCalled}. It gets none of the additional headers. */
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

    /** The service, for messages of exceptions. */
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

    /** A text without credentials, see {@link Secrets#redact}. */
    public String redact(String text) {
        return Secrets.redact(text);
    }

    /** Ends all calls and releases the connections. */
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

    /** The address, without secrets. */
    @Override
    public String toString() {
        return "HttpCalls[" + traits.service() + " at " + base + "]";
    }
}
