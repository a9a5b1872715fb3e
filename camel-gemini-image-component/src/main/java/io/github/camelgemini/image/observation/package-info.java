/**
 * Collects the events of a component's calls, and provides them as totals for console, JMX and health checks, as
 * Micrometer meters, as OpenTelemetry spans, and as a line in the log.
 *
 * <p>Micrometer, OpenTelemetry and Camel's telemetry are optional. Only one class uses each of them, and it is not
 * loaded without it.
 */
package io.github.camelgemini.image.observation;
