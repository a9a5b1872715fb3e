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
 * What the options of a producer want. What is equal is shared.
 *
 * @param service that draws
 * @param options of its connection
 * @param patience retries, limits of calls and of time
 * @param spool where pictures go that are too large for the heap
 * @param fetching how pictures are fetched that messages and answers name by address
 */
public record Wanted(
        ImageService service, ServiceOptions options, ResilienceSettings patience, Spool spool, Fetching fetching) {

    /**
     * @param directory of the spool folder; empty for the JVM's
     * @param threshold bytes of a picture above which it goes into a file
     * @param limit bytes of all files above which the JVM is asked for a collection; 0 for never
     */
    public record Spool(Optional<Path> directory, long threshold, long limit) {}

    /**
     * @param allowedHosts the only hosts that a message may name; empty for any
     * @param privateAllowed whether a message may name hosts of private networks
     * @param connectTimeout for one connection; zero for none
     * @param proxy an HTTP proxy, or null
     * @param tls whose certificates are trusted; null for the JVM's
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
