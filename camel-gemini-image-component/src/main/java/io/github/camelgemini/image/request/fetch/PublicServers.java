package io.github.camelgemini.image.request.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection manager for Camel HTTP that only connects to servers on the public Internet. For routes that call a URL
 * from a message: {@code https:callback?clientConnectionManager=#class:…PublicServers}.
 *
 * <p>It checks the address that is connected to, after name resolution, also for redirects. So neither an unusual
 * notation of an address nor a second answer of a name server can bypass the check. With a proxy it checks the address
 * of the proxy. The time limits are 10 seconds to connect, and 30 seconds without data. TLS uses the JVM's settings,
 * not {@code sslContextParameters}.
 */
public final class PublicServers implements HttpClientConnectionManager {

    private static final Timeout TO_CONNECT = Timeout.of(10, TimeUnit.SECONDS);
    private static final Timeout OF_SILENCE = Timeout.of(30, TimeUnit.SECONDS);
    private static final int MOST_OF_A_HOST = 20;
    private static final int MOST = 200;

    private final HttpClientConnectionManager connections;
    private volatile Set<String> allowed = Set.of();

    public PublicServers() {
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedNames())
                .setMaxConnPerRoute(MOST_OF_A_HOST)
                .setMaxConnTotal(MOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(TO_CONNECT)
                        .setSocketTimeout(OF_SILENCE)
                        .build())
                .build();
    }

    /**
     * Hosts that may also be in a private network, such as a partner's behind a VPN. Addresses from which clouds give
     * out credentials stay forbidden.
     *
     * @param hosts names as in URLs, separated by commas
     */
    public void setAllowedHosts(String hosts) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(hosts.split(",")).map(PublicServers::normal).forEach(names::add);
        allowed = Set.copyOf(names);
    }

    private static String normal(String host) {
        return host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    private boolean mayBe(InetAddress address, String host) {
        AddressKind kind = AddressKind.of(address);
        return kind == AddressKind.PUBLIC || kind == AddressKind.PRIVATE && allowed.contains(normal(host));
    }

    /** A DNS resolver without forbidden addresses. For the client these do not exist. */
    private final class GuardedNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
                    .filter(address -> mayBe(address, host))
                    .toArray(InetAddress[]::new);
            if (addresses.length == 0) {
                // The same as for an unknown name. A different message would let a sender map the network behind the
                // route.
                throw new UnknownHostException(host);
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
        }
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout requestTimeout, Object state) {
        return connections.lease(id, route, requestTimeout, state);
    }

    @Override
    public void release(ConnectionEndpoint endpoint, Object newState, TimeValue validDuration) {
        connections.release(endpoint, newState, validDuration);
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue connectTimeout, HttpContext context) throws IOException {
        connections.connect(endpoint, connectTimeout, context);
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        connections.upgrade(endpoint, context);
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }

    @Override
    public void close(CloseMode closeMode) {
        connections.close(closeMode);
    }
}
