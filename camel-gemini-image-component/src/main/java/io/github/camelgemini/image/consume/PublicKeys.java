package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.Tls;
import java.net.Proxy;
import java.net.URI;

/**
 * Where the public keys of a service are, and how they are fetched: as the service itself is called.
 *
 * @param uri of a JSON Web Key Set
 * @param proxy null for none
 * @param tls null for that of the JVM
 */
public record PublicKeys(URI uri, Proxy proxy, Tls tls) {}
