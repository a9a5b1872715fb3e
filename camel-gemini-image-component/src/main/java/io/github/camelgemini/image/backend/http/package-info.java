/**
 * Calls of services with plain JSON over HTTP, made with Camel HTTP. Requests and answers are streamed, and a call ends
 * with its exchange. TLS, proxy and client options come from the route, or from the context's {@code http} and {@code
 * https} components.
 */
package io.github.camelgemini.image.backend.http;
