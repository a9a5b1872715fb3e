package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** The same with another base URL, or null for none. */
    public ServiceOptions withBaseUrl(String url) {
        return new ServiceOptions(
                apiKey, url, apiVersion, headers, connectTimeout, idleTimeout, proxy, tls, own, emulator);
    }

    /** An HTTP proxy without credentials. */
    public record HttpProxy(String host, int port) {

        public Proxy toProxy() {
            // Resolved when a connection is made, so that a proxy that moves is found again.
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        }
    }

    /** Those that say which server is called, and as whom; by which limits of calls are shared. */
    public ServiceOptions ofUser() {
        return new ServiceOptions(
                apiKey, baseUrl, apiVersion, headers, Duration.ZERO, Duration.ZERO, null, null, own, emulator);
    }

    /** Whether there is a value, and not just a placeholder of Spring that nothing defines. */
    public static boolean isDefined(String value) {
        return value != null && !value.isBlank() && !value.contains("${");
    }

    /**
     * The API key: of the option, or of the first environment variable that is set.
     *
     * @param variables of the service, whose key alone this is
     * @return empty when there is none
     * @throws AuthenticationException when it cannot be a key; its text is not shown
     */
    public Optional<String> key(List<String> variables) {
        Optional<String> key = Stream.concat(
                        Stream.ofNullable(apiKey), variables.stream().map(System::getenv))
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst();
        key.ifPresent(ServiceOptions::checkKey);
        return key;
    }

    private static void checkKey(String key) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            // An HTTP client would refuse it later, and tell it while doing so.
            throw new AuthenticationException(
                    "apiKey contains blanks or characters that are not allowed in a key; its value is not shown here",
                    ProviderError.NONE,
                    null);
        }
        if (key.startsWith("${")) {
            // Spring leaves placeholders that it cannot resolve as they are.
            throw new AuthenticationException(
                    "apiKey '" + key + "' is an unresolved placeholder; define the property or environment variable",
                    ProviderError.NONE,
                    null);
        }
    }

    /**
     * The additional headers as HTTP can carry them.
     *
     * @throws InvalidRequestException naming one that cannot be, without its value
     */
    public Map<String, String> checkedHeaders() {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach((name, value) -> checked.put(name, headerValue(name, value)));
        return checked;
    }

    private static String headerValue(String name, Object value) {
        String text = String.valueOf(value).strip();
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new InvalidRequestException("additionalHeader." + name
                    + " contains characters that are not allowed in an HTTP header; its value is not shown here");
        }
        return text;
    }

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
