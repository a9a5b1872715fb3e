package io.github.camelgemini.image.backend;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The connection options of a route. Equal ones lead to the same backend.
 *
 * @param apiKey the option {@code apiKey}, or null
 * @param baseUrl the option {@code baseUrl}, or null for the service's own
 * @param apiVersion the option {@code apiVersion}, or null
 * @param headers the options {@code additionalHeader.NAME}
 * @param connectTimeout for one connection; zero for none
 * @param idleTimeout for a request or an answer that has begun and goes no further; zero for none
 * @param proxy an HTTP proxy, or null
 * @param tls the option {@code sslContextParameters}, or null for the JVM's
 * @param own options that only some services have, by name: those that the service's {@link ServiceTraits#options()} name and
 *     the route sets
 * @param emulator the address of the service's emulator, to be called without proxy and credentials; null to call the service
 */
public record ServiceOptions(
        String apiKey,
        String baseUrl,
        String apiVersion,
        Map<String, Object> headers,
        Duration connectTimeout,
        Duration idleTimeout,
        HttpProxy proxy,
        SSLContextParameters tls,
        Map<String, Object> own,
        String emulator) {

    /** Copies the maps. */
    public ServiceOptions {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        own = Map.copyOf(own);
    }

    /** An HTTP proxy without credentials. */
    public record HttpProxy(String host, int port) {}

    /**
     * An option that only some services have.
     *
     * @param name of the option
     * @param type of its value
     * @return empty when the route does not set it
     * @throws ClassCastException when it is of another type
     */
    public <T> Optional<T> own(String name, Class<T> type) {
        return Optional.ofNullable(own.get(name)).map(type::cast);
    }

    /** Without key, headers and the services' own options, any of which may be secret. */
    @Override
    public String toString() {
        return "ServiceOptions[emulator=" + emulator + ", connectTimeout=" + connectTimeout + ", idleTimeout="
                + idleTimeout + ", proxy=" + proxy + ", own=" + own.keySet() + "]";
    }
}
