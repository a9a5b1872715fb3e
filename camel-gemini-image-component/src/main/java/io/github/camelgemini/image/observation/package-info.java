/**
 * What becomes of the calls of a component, told once and kept for all who ask: totals for console, JMX and health, meters of
 * Micrometer, spans of OpenTelemetry, and a line in the log.
 *
 * <p>Micrometer, OpenTelemetry and Camel's telemetry are optional; each is known to one class, which is not loaded without it.
 */
package io.github.camelgemini.image.observation;
