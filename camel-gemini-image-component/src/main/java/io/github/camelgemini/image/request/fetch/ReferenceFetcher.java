package io.github.camelgemini.image.request.fetch;

import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.http.InterimAnswers;
import io.github.camelgemini.image.payload.PayloadStore;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Fetches pictures by HTTP. Hosts in URLs of the route are connected to without restrictions. All other hosts, from
 * messages, answers or redirects, are reached through connections to public addresses only, see {@link NamedBy}.
 *
 * <p>Sends neither credentials nor headers of the API, nor cookies, nor client certificates.
 */
public final class ReferenceFetcher implements AutoCloseable {

    /** The limit for one picture in bytes: what fits into the largest known request. */
    static final long LARGEST_PICTURE = 100_000_000;
    /** The limit for all pictures of one message, in bytes. */
    static final long LARGEST_MESSAGE = 500_000_000;
    /** An IPv4 address by WHATWG's URL standard: decimal, octal or hexadecimal, with any number of dots. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("((0|[1-9][0-9]{0,2})(\\.(?!$)|$)){4}");
    /** A server that sends nothing for this long has stalled. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final FetchSettings settings;
    private final PayloadStore store;
    private final Executor executor;
    private final Dns dns;
    /** The fetcher whose connections are used: itself, unless it was made by {@link #within}. */
    private final ReferenceFetcher owner;

    private Clients clients;
    private boolean closed;

    /**
     * Creates a fetcher; it opens no connection before the first picture.
     *
     * @param executor runs each download on a thread of its own
     */
    public ReferenceFetcher(FetchSettings settings, PayloadStore store, Executor executor) {
        this(settings, store, executor, Dns.SYSTEM);
    }

    ReferenceFetcher(FetchSettings settings, PayloadStore store, Executor executor, Dns dns) {
        this.settings = settings;
        this.store = store;
        this.executor = executor;
        this.dns = dns;
        this.owner = this;
    }

    private ReferenceFetcher(FetchSettings settings, ReferenceFetcher owner, Executor executor) {
        this.settings = settings;
        this.store = owner.store;
        this.executor = executor;
        this.dns = owner.dns;
        this.owner = owner;
    }

    /** The same fetcher with the same connections, and another time limit for the pictures of one message. */
    public ReferenceFetcher within(Duration timeLimit) {
        return timeLimit.compareTo(settings.timeLimit()) < 0
                ? new ReferenceFetcher(settings.within(timeLimit), owner, executor)
                : this;
    }

    /** The same fetcher with the same connections, on other threads. */
    public ReferenceFetcher on(Executor others) {
        return new ReferenceFetcher(settings, owner, others);
    }

    /**
     * HTTP clients: for all addresses, for public ones, for public and private ones. Each has its own connections, or a
     * message could reuse a private one.
     */
    record Clients(OkHttpClient open, OkHttpClient guarded, OkHttpClient listed) {}

    /**
     * Checks a URL before anything is sent.
     *
     * @param trusted whether the route names it, so that any host is allowed
     * @throws ReferenceImageException says why it is not allowed
     */
    public Target target(String uri, boolean trusted) {
        return target(uri, trusted ? NamedBy.ROUTE : NamedBy.MESSAGE);
    }

    /**
     * Checks a URL before anything is sent.
     *
     * @throws ReferenceImageException says why it is not allowed
     */
    public Target target(String uri, NamedBy by) {
        HttpUrl url = HttpUrl.parse(uri);
        if (url == null) {
            throw new ReferenceImageException(by.told() + " " + Target.shortened(uri.replaceFirst("[?#].*", "?…"))
                    + " is not a valid URL; write https://host/path");
        }
        Target target = new Target(url, by);
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new ReferenceImageException(target.told()
                    + " has a user or password before the host, which is not sent; fetch it in the route and send it as"
                    + " body");
        }
        checkHost(target, url);
        return target;
    }

    /**
     * Whether a server outside this network can reach a host. Blocks during the DNS lookup.
     *
     * @return true also for an unknown name, if the route wrote it or a proxy resolves it
     * @throws ReferenceImageException when fetching from it is not allowed, by the component's own rules
     */
    boolean isPublic(Target target) {
        boolean byProxy = settings.names(target.url().host()) && usesProxy(target.url());
        List<InetAddress> addresses;
        try {
            addresses = dns.lookup(target.url().host());
        } catch (UnknownHostException e) {
            if (target.trusted() || byProxy) {
                return true;
            }
            throw refused(target, target.url(), "has no public address");
        }
        if (!target.trusted() && !byProxy && !addresses.stream().allMatch(this::isAllowed)) {
            throw refused(target, target.url(), "has no public address");
        }
        return addresses.stream().allMatch(address -> AddressKind.of(address) == AddressKind.PUBLIC);
    }

    /** Whether the host of the target or of a redirect is written in the route itself. */
    boolean isOfTheRoute(Target target, HttpUrl url) {
        return target.trusted() && url.host().equals(target.url().host());
    }

    void checkHost(Target target, HttpUrl url) {
        if (isOfTheRoute(target, url)) {
            return;
        }
        if (ENDS_IN_A_NUMBER.matcher(url.host()).matches()
                && !IPV4.matcher(url.host()).matches()) {
            throw refused(target, url, "is not a host name, and is ambiguous as an address");
        }
        boolean listed = settings.names(url.host());
        if (target.by() == NamedBy.MESSAGE && !settings.allowedHosts().isEmpty() && !listed) {
            throw refused(target, url, "is not among allowedReferenceHosts");
        }
        if (listed || !usesProxy(url)) {
            return;
        }
        if (!mayGoByProxy(target, url)) {
            throw refused(
                    target,
                    url,
                    "would be resolved by the HTTP proxy, so the component cannot check its address; behind a proxy only hosts in"
                            + " allowedReferenceHosts are allowed");
        }
        checkAddress(target, url);
    }

    /** An address in the URL needs no DNS lookup. */
    private void checkAddress(Target target, HttpUrl url) {
        boolean isAddress = IPV4.matcher(url.host()).matches() || url.host().contains(":");
        try {
            if (url.host().equals("localhost") || (isAddress && !isAllowed(InetAddress.getByName(url.host())))) {
                throw refused(target, url, "has no public address");
            }
        } catch (UnknownHostException e) {
            throw refused(target, url, "is not an address");
        }
    }

    /**
     * Whether a proxy may resolve a host, without a check of the address: listed hosts, and hosts that a service names.
     */
    private boolean mayGoByProxy(Target target, HttpUrl url) {
        return settings.names(url.host()) || target.by() == NamedBy.SERVICE || target.by() == NamedBy.SERVER;
    }

    /** The client for one request on the way to a target. */
    OkHttpClient client(Target target, HttpUrl url) {
        Clients all = clients();
        if (isOfTheRoute(target, url) || (mayGoByProxy(target, url) && usesProxy(url))) {
            return all.open();
        }
        boolean listed = target.by() == NamedBy.SERVICE && settings.names(url.host());
        return listed ? all.listed() : all.guarded();
    }

    static ReferenceImageException refused(Target target, HttpUrl url, String why) {
        String redirected = url.equals(target.url()) ? "" : " redirects to " + Target.shown(url) + " and";
        return new ReferenceImageException(
                target.told() + redirected + " is not fetched: the host " + url.host() + " " + why);
    }

    FetchSettings settings() {
        return settings;
    }

    PayloadStore store() {
        return store;
    }

    Executor executor() {
        return executor;
    }

    boolean isClosed() {
        if (owner != this) {
            return owner.isClosed();
        }
        synchronized (this) {
            return closed;
        }
    }

    private synchronized Clients clients() {
        if (owner != this) {
            return owner.clients();
        }
        if (closed) {
            throw new IllegalStateException("The component was stopped");
        }
        if (clients == null) {
            OkHttpClient.Builder builder = new OkHttpClient.Builder()
                    .dns(dns)
                    .connectTimeout(settings.connectTimeout())
                    .readTimeout(SILENCE)
                    // Each redirect is checked before it is followed.
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .addNetworkInterceptor(new InterimAnswers());
            if (settings.trust() != null) {
                trust(builder, settings.trust());
            }
            OkHttpClient open = builder.build();
            OkHttpClient.Builder guarded = open.newBuilder()
                    .connectionPool(new ConnectionPool())
                    // A proxy would resolve names itself, without a check.
                    .proxy(Proxy.NO_PROXY)
                    .socketFactory(new GuardedSockets(this::isAllowed));
            OkHttpClient.Builder listed = guarded.build()
                    .newBuilder()
                    .connectionPool(new ConnectionPool())
                    .socketFactory(new GuardedSockets(address -> AddressKind.of(address) != AddressKind.FORBIDDEN));
            if (settings.proxy() != null) {
                open = open.newBuilder().proxy(settings.proxy()).build();
            }
            clients = new Clients(open, guarded.build(), listed.build());
        }
        return clients;
    }

    /** Whether an address of this host may be connected to, if a field of an answer names it. */
    public boolean reaches(String host, InetAddress address) {
        return settings.names(host) ? AddressKind.of(address) != AddressKind.FORBIDDEN : isAllowed(address);
    }

    private boolean isAllowed(InetAddress address) {
        AddressKind kind = AddressKind.of(address);
        return kind == AddressKind.PUBLIC || (kind == AddressKind.PRIVATE && settings.privateAllowed());
    }

    /** Without the key managers of the endpoint's TLS, so that a host from a message does not learn who we are. */
    private static void trust(OkHttpClient.Builder client, X509TrustManager trust) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {trust}, null);
            client.sslSocketFactory(tls.getSocketFactory(), trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has TLS", e);
        }
    }

    /** Whether requests for this URL use a proxy, of the options or of the JVM. */
    boolean usesProxy(HttpUrl url) {
        if (settings.proxy() != null) {
            return true;
        }
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(url.uri());
        return !proxies.isEmpty() && proxies.get(0).type() != Proxy.Type.DIRECT;
    }

    /** Ends all downloads, and closes the connections. */
    @Override
    public synchronized void close() {
        closed = true;
        if (clients != null) {
            for (OkHttpClient client : List.of(clients.open(), clients.guarded(), clients.listed())) {
                client.dispatcher().cancelAll();
                client.connectionPool().evictAll();
            }
        }
    }
}
