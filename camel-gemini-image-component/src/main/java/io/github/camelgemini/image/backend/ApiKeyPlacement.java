package io.github.camelgemini.image.backend;

/** Where a request carries the API key. */
public enum ApiKeyPlacement {
    /** In the header {@code x-goog-api-key}, as Google expects it. */
    HEADER,
    /** In the query parameter {@code key}, as AnyFast and older gateways expect it. */
    QUERY,
    /** In the header {@code Authorization: Bearer …}, as most gateways expect it. */
    BEARER
}
