package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.Tls;
import java.net.Proxy;
import java.net.URI;

/**
 * The address of a service's public keys, and how to fetch them. The connection settings are those of the service.
 *
 * @param uri of a JSON Web Key Set
 * @param proxy null for none
 * @param tls null for the JVM's defaults
 */
public record PublicKeys(URI uri, Proxy proxy, Tls tls) {}
