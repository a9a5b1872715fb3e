package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.NamedServers;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.secret.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Camel HTTP for one service. Starts from the configuration of the context's {@code http} or {@code https} component,
 * and overrides it with the route's options. It has no credentials for servers other than the proxy, and never repeats
 * a request. It is not added to the context, so nobody else finds its endpoint.
 */
final class ServiceComponent extends HttpComponent {

    /** Camel HTTP's default is meant for many endpoints. The component itself limits the number of concurrent calls. */
    private static final int USUAL_PER_ROUTE = 20;

    private static final int USUAL_TOTAL = 200;
    /** Options that log in at servers. They are meant for other servers; this service has its own key. */
    private static final Set<String> CREDENTIALS = Set.of("httpConfiguration", "httpContext");

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Timeout connectTimeout;
    private final boolean emulated;
    private final DnsResolver names;
    /** The proxy's password; null for none. */
    private Secrets.Held password;

    private ServiceComponent(ServiceOptions options, DnsResolver names) {
        this.names = names;
        this.connectTimeout = Timeout.of(options.connectTimeout());
        this.emulated = options.emulator() != null;
    }

    /**
     * Creates and starts the component.
     *
     * @param scheme {@code http} or {@code https}
     * @param allowed the only servers that may be called, with their own connections; null for any
     */
    static ServiceComponent of(CamelContext context, ServiceOptions options, String scheme, NamedServers allowed) {
        ServiceComponent component = new ServiceComponent(
                options, allowed == null ? SystemDefaultDnsResolver.INSTANCE : new GuardedNames(allowed));
        component.setCamelContext(context);
        if (!component.emulated && context.getComponent(scheme) instanceof HttpComponent users) {
            component.takeOver(users);
            component.password = Secrets.hold(Map.of(), users.getProxyAuthPassword());
        }
        if (allowed != null) {
            component.setClientConnectionManager(null);
        }
        component.apply(options, scheme.equals("https"));
        component.start();
        return component;
    }

    private void takeOver(HttpComponent users) {
        Map<String, Object> options = new HashMap<>();
        PluginHelper.getBeanIntrospection(getCamelContext()).getProperties(users, options, null);
        PropertyConfigurer configurer = users.getComponentPropertyConfigurer();
        options.forEach((name, value) -> {
            if (configurer != null && value != null && !CREDENTIALS.contains(name)) {
                configurer.configure(getCamelContext(), this, name, value, true);
            }
        });
    }

    private void apply(ServiceOptions options, boolean secure) {
        if (options.tls() != null) {
            setSslContextParameters(options.tls());
            // The custom connection manager has its own TLS settings.
            setClientConnectionManager(null);
        }
        if (!secure) {
            // Camel HTTP would take the port as the wish to use https.
            setSslContextParameters(null);
        }
        if (options.proxy() != null) {
            setProxyHost(options.proxy().host());
            setProxyPort(options.proxy().port());
            // Proxies are called without TLS. Camel HTTP would otherwise use the scheme of the server.
            setProxyAuthScheme("http");
            setProxyAuthHost(null);
            setProxyAuthPort(null);
            setProxyAuthUsername(null);
            setProxyAuthPassword(null);
            setProxyAuthDomain(null);
            setProxyAuthNtHost(null);
            setNonProxyHosts(null);
        }
        setConnectTimeout(options.connectTimeout().toMillis());
        // SilenceLimit ends calls without progress.
        setSoTimeout(0);
        setResponseTimeout(0);
        if (getConnectionsPerRoute() == USUAL_PER_ROUTE) {
            setConnectionsPerRoute(NO_LIMIT);
        }
        if (getMaxTotalConnections() == USUAL_TOTAL) {
            setMaxTotalConnections(NO_LIMIT);
        }
        // A redirect could send the key to another server, and repeat a billed call.
        setRedirectHandlingDisabled(true);
        setFollowRedirects(false);
        setAutomaticRetriesDisabled(true);
        setCookieManagementDisabled(true);
        // They log headers.
        setHttpActivityListener(null);
        setLogHttpActivity(false);
        HttpClientConfigurer users = getHttpClientConfigurer();
        setHttpClientConfigurer(builder -> {
            if (users != null) {
                users.configureHttpClient(builder);
            }
            configure(builder);
        });
    }

    private void configure(HttpClientBuilder builder) {
        builder.disableRedirectHandling().disableAutomaticRetries().disableCookieManagement();
        builder.setRequestExecutor(new QueryExecutor());
        if (emulated) {
            builder.setProxy(null);
        }
        builder.addExecInterceptorFirst("gemini-image", (request, scope, chain) -> {
            RequestConfig users = scope.clientContext.getRequestConfigOrDefault();
            scope.clientContext.setRequestConfig(RequestConfig.copy(users)
                    .setRedirectsEnabled(false)
                    .setConnectTimeout(connectTimeout)
                    .setResponseTimeout(Timeout.DISABLED)
                    .build());
            return chain.proceed(request, scope);
        });
    }

    /** Creates and starts an endpoint whose client makes the calls; the caller stops it. */
    HttpEndpoint endpoint(String server) throws Exception {
        HttpEndpoint endpoint = (HttpEndpoint) createEndpoint(server, Map.of());
        endpoint.setHttpActivityListener(null);
        endpoint.setLogHttpActivity(false);
        endpoint.start();
        return endpoint;
    }

    @Override
    protected HttpClientConnectionManager createConnectionManager(
            Registry<ConnectionSocketFactory> sockets, int total, int perRoute, SocketConfig socket) {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager(
                sockets,
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.ofMilliseconds(getConnectionTimeToLive()),
                null,
                names,
                QuietConnection::bound);
        pool.setMaxTotal(getMaxTotalConnections());
        pool.setDefaultMaxPerRoute(getConnectionsPerRoute());
        pool.setDefaultSocketConfig(socket);
        return pool;
    }

    @Override
    public void doStop() throws Exception {
        // The user made it, and closes it.
        setClientConnectionManager(null);
        super.doStop();
        if (password != null) {
            password.close();
        }
    }
}
