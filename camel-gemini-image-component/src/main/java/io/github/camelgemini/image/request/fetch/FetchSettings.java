package io.github.camelgemini.image.request.fetch;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;

/**
 * The route's settings for fetching pictures.
 *
 * @param allowedHosts the only hosts that a message may name, each a name or {@code *.} and a domain; empty for any
 * @param privateAllowed whether a message may name hosts in private networks
 * @param connectTimeout time limit for opening a connection; zero for none
 * @param timeLimit for all pictures of one message
 * @param proxy an HTTP proxy; null for the JVM's setting
 * @param trust the trusted certificates; null for the JVM's defaults
 */
public record FetchSettings(
        List<String> allowedHosts,
        boolean privateAllowed,
        Duration connectTimeout,
        Duration timeLimit,
        Proxy proxy,
        X509TrustManager trust) {

    public FetchSettings {
        allowedHosts =
                allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    FetchSettings within(Duration limit) {
        return new FetchSettings(allowedHosts, privateAllowed, connectTimeout, limit, proxy, trust);
    }

    /** Whether the route lists this host; false when it lists none. */
    boolean names(String host) {
        return allowedHosts.stream()
                .anyMatch(pattern ->
                        pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern));
    }
}
