package io.github.camelgemini.image.backend;

/** Where a request carries the API key. */
public enum ApiKeyPlacement {
    /** In the header {@code x-goog-api-key}, as Google wants it. */
    HEADER,
    /** In the query parameter {@code key}, as AnyFast and older gateways want it. */
    QUERY,
    /** In {@code Authorization: Bearer …}, as most gateways want it. */
    BEARER
}
