package io.github.camelgemini.emulator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a service receives it.
 *
 * @param server scheme and host as the client knows them
 * @param base path of the service on the server, {@code /anyfast} for example; empty for the root
 * @param method the HTTP method
 * @param path decoded, below the base
 * @param query the query's parameters, decoded
 * @param headers by name, in any case
 * @param target what its URL asks for; empty when the service has no such URL
 * @param body its JSON, or the bytes of an upload
 * @param generation how to answer it
 */
public record Incoming(
        String server,
        String base,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        Optional<Target> target,
        ParsedBody body,
        Generation generation) {

    /** The same request with another way to answer it. */
    public Incoming with(Generation other) {
        return new Incoming(server, base, method, path, query, headers, target, body, other);
    }

    /** The URL of the service as the client knows it: scheme, host and base. */
    public String url() {
        return server + base;
    }

    /** The first value of a header; its name in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a query parameter. */
    public Optional<String> queryParameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The key of the header {@code x-goog-api-key}. */
    public Optional<String> googleKey() {
        return header("x-goog-api-key").filter(key -> !key.isBlank());
    }

    /** The key of the query parameter {@code key}. */
    public Optional<String> queryKey() {
        return queryParameter("key").filter(key -> !key.isBlank());
    }

    /** The token of the header {@code Authorization: Bearer}. */
    public Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty());
    }
}
