/**
 * Calls of services that speak plain JSON over HTTP, by Camel HTTP: streamed both ways, ended with the exchange, with the TLS,
 * proxy and client options that the route, or the {@code http} and {@code https} components of its context, have.
 */
package io.github.camelgemini.image.backend.http;
