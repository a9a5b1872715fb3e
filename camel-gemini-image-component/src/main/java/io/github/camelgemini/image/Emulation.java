package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulator that a component calls instead of the services that its endpoints name.
 *
 * @param baseUrl of the emulator
 * @param unusedCredentials receives the credentials that a producer would have used
 */
record Emulation(String baseUrl, Consumer<List<String>> unusedCredentials) {

    private static final Logger LOG = LoggerFactory.getLogger(Emulation.class);

    /** The address of a service's emulator. Null for a service that has none; the service itself is called then. */
    String of(ImageService service) {
        String path = service.traits().get(0).emulatorPath();
        return path == null ? null : baseUrl.replaceFirst("/+$", "") + path;
    }

    /** Reports the credentials of a producer that is about to call the emulator: names of options, never values. */
    void check(ImageService service, ServiceOptions options, Endpoint endpoint) {
        if (of(service) == null) {
            ServiceTraits traits = service.traits().get(0);
            LOG.warn(
                    "{} has no emulator. Calls go to the service itself, not to the emulator at {}",
                    traits.title(),
                    baseUrl);
            return;
        }
        List<String> credentials = service.credentials(options);
        if (!credentials.isEmpty()) {
            unusedCredentials.accept(credentials.stream()
                    .map(option -> option + " of " + endpoint)
                    .toList());
        }
    }
}
