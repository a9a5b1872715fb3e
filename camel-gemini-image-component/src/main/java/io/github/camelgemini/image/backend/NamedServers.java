package io.github.camelgemini.image.backend;

import java.net.InetAddress;

/**
 * Decides whether pictures of the user may be sent to a server that a service names. Allowed are public servers, and
 * the hosts in {@code allowedReferenceHosts}.
 */
public interface NamedServers {

    /**
     * Checks an address before its host name is resolved.
     *
     * @param address {@code https:} or {@code http:}
     */
    boolean isAllowed(String address);

    /**
     * Checks the IP address of a connection.
     *
     * @param host the host name that was resolved
     */
    boolean isAllowed(String host, InetAddress address);
}
