package io.github.camelgemini.image.observation;

/**
 * Who asks.
 *
 * @param operation of the component: {@code generate}, {@code edit}, …
 * @param provider who is asked, as the GenAI conventions of OpenTelemetry name it: {@code gcp.gemini},
 *     {@code gcp.vertex_ai}, or {@code custom} for a backend of the registry
 * @param server where that is, or null
 * @param routeId of the route that the exchange is in, or null
 */
public record Caller(String operation, String provider, String server, String routeId) {}
