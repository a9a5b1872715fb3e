package io.github.camelgemini.image.backend;

import java.net.InetAddress;

/**
 * Which servers may be called though only a service names them, with pictures of the user's: public ones, and hosts in {@code
 * allowedReferenceHosts}.
 */
public interface NamedServers {

    /**
     * Checks what can be checked before a name is looked up.
     *
     * @param address {@code https:} or {@code http:}
     */
    boolean isAllowed(String address);

    /**
     * Checks what is connected to.
     *
     * @param host the name that led there
     */
    boolean isAllowed(String host, InetAddress address);
}
