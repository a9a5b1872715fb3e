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
 * Where the calls of a component go instead of where the options of its endpoints lead.
 *
 * @param baseUrl of the emulator
 * @param unusedCredentials told what a producer would have called the service with
 */
record Emulation(String baseUrl, Consumer<List<String>> unusedCredentials) {

    private static final Logger LOG = LoggerFactory.getLogger(Emulation.class);

    /** Where the emulator of a service is; null for a service that has none, which is called then. */
    String of(ImageService service) {
        String path = service.traits().get(0).emulatorPath();
        return path == null ? null : baseUrl.replaceFirst("/+$", "") + path;
    }

    /** Before a producer calls the emulator. Tells names of options, never values. */
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
