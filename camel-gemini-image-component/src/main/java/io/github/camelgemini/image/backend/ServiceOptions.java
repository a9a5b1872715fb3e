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
 * The connection options of a route. Routes with equal options share a backend.
 *
 * @param apiKey the option {@code apiKey}, or null
 * @param baseUrl the option {@code baseUrl}, or null for the service's own
 * @param apiVersion the option {@code apiVersion}, or null
 * @param headers the options {@code additionalHeader.NAME}
 * @param connectTimeout time limit for opening a connection; zero for none
 * @param idleTimeout time limit without progress while a request or an answer is transferred; zero for none
 * @param proxy an HTTP proxy, or null
 * @param tls the option {@code sslContextParameters}, or null for the JVM's defaults
 * @param own options that only some services have, by name: those in {@link ServiceTraits#options()} that the route
 *     sets
 * @param emulator the address of the service's emulator, which is called without proxy and credentials; null to call
 *     the service
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

    /** The same options with another base URL, or null for none. */
    public ServiceOptions withBaseUrl(String url) {
        return new ServiceOptions(
                apiKey, url, apiVersion, headers, connectTimeout, idleTimeout, proxy, tls, own, emulator);
    }

    /** An HTTP proxy without credentials. */
    public record HttpProxy(String host, int port) {

        /** The proxy, as HTTP clients need it. */
        public Proxy toProxy() {
            // Resolved for each connection, so that a change of the proxy's address is noticed.
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        }
    }

    /** The options that identify the server and the account. Calls with the same ones share their limits. */
    public ServiceOptions ofUser() {
        return new ServiceOptions(
                apiKey, baseUrl, apiVersion, headers, Duration.ZERO, Duration.ZERO, null, null, own, emulator);
    }

    /** Whether there is a value. An unresolved placeholder of Spring is none. */
    public static boolean isDefined(String value) {
        return value != null && !value.isBlank() && !value.contains("${");
    }

    /**
     * The API key: the option, or else the first environment variable that is set.
     *
     * @param variables environment variables of the service; no other service's key is used
     * @return empty when there is no key
     * @throws AuthenticationException when the value cannot be a key; the message does not show it
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
            // An HTTP client would refuse it later, with the key in its message.
            throw new AuthenticationException(
                    "apiKey contains blanks or characters that are not allowed in a key; its value is not shown here",
                    ProviderError.NONE,
                    null);
        }
        if (key.startsWith("${")) {
            // Spring leaves placeholders that it cannot resolve in the text.
            throw new AuthenticationException(
                    "apiKey '" + key + "' is an unresolved placeholder; define the property or environment variable",
                    ProviderError.NONE,
                    null);
        }
    }

    /**
     * The additional headers, checked for characters that HTTP allows.
     *
     * @throws InvalidRequestException names the invalid header, without its value
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
     * @throws ClassCastException when the value has another type
     */
    public <T> Optional<T> own(String name, Class<T> type) {
        return Optional.ofNullable(own.get(name)).map(type::cast);
    }

    /** Leaves out key, headers and the services' own options, since any of them may be secret. */
    @Override
    public String toString() {
        return "ServiceOptions[emulator=" + emulator + ", connectTimeout=" + connectTimeout + ", idleTimeout="
                + idleTimeout + ", proxy=" + proxy + ", own=" + own.keySet() + "]";
    }
}
