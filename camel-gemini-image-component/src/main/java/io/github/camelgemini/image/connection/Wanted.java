package io.github.camelgemini.image.connection;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options of a producer. Producers with equal options share connections.
 *
 * @param service to call
 * @param options of the connection
 * @param patience retries, call limits and time limits
 * @param spool stores pictures that are too large for the heap
 * @param fetching how pictures are fetched that messages and answers refer to by URL
 */
public record Wanted(
        ImageService service, ServiceOptions options, ResilienceSettings patience, Spool spool, Fetching fetching) {

    /**
     * @param directory of the spool folder; empty for the JVM's temporary directory
     * @param threshold size of a picture in bytes above which it is stored in a file
     * @param limit total size of all files in bytes above which the JVM is asked for a garbage collection; 0 for never
     */
    public record Spool(Optional<Path> directory, long threshold, long limit) {}

    /**
     * @param allowedHosts the only hosts that a message may name; empty for any
     * @param privateAllowed whether a message may name hosts in private networks
     * @param connectTimeout time limit for opening a connection; zero for none
     * @param proxy an HTTP proxy, or null
     * @param tls the trusted certificates; null for the JVM's defaults
     */
    public record Fetching(
            List<String> allowedHosts,
            boolean privateAllowed,
            Duration connectTimeout,
            ServiceOptions.HttpProxy proxy,
            SSLContextParameters tls) {

        /** Copies the list. */
        public Fetching {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }
}
