package io.github.camelgemini.image.observation;

/**
 * Who makes a call.
 *
 * @param operation of the component: {@code generate}, {@code edit}, …
 * @param provider the service, as in OpenTelemetry's GenAI conventions: {@code gcp.gemini}, {@code gcp.vertex_ai}, or
 *     {@code custom} for a backend from the registry
 * @param server its address, or null
 * @param routeId of the exchange's route, or null
 */
public record Caller(String operation, String provider, String server, String routeId) {}
