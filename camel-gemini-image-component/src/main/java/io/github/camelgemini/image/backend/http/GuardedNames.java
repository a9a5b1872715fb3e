package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.NamedServers;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * A DNS resolver that leaves out forbidden addresses. The addresses that are checked are the ones that are connected
 * to.
 */
record GuardedNames(NamedServers servers) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
                .filter(address -> servers.isAllowed(host, address))
                .toArray(InetAddress[]::new);
        if (addresses.length == 0) {
            throw new MalformedResponseException(
                    "The service gave an image address at " + host
                            + ", which has no public address. To allow a host in a private"
                            + " network, add it to the option allowedReferenceHosts",
                    ProviderError.NONE,
                    null);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
}
