package io.github.camelgemini.image.request.fetch;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.X509TrustManager;

/**
 * What the route's author says about fetching pictures.
 *
 * @param allowedHosts the only hosts that a message may name, each a name or {@code *.} and a domain; empty for any
 * @param privateAllowed whether a message may name hosts of private networks
 * @param connectTimeout for one connection; zero for none
 * @param timeLimit of all pictures of one message
 * @param proxy an HTTP proxy; null for what the JVM says
 * @param trust whose certificates are trusted; null for the JVM's
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

    /** Whether the author named this host; false where the author named none. */
    boolean names(String host) {
        return allowedHosts.stream()
                .anyMatch(pattern ->
                        pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern));
    }
}
