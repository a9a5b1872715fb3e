package io.github.camelgemini.image.backend;

import java.util.List;

/**
 * A service that offers the models. The option {@code service} names it in one of two ways: as the name of a file
 * {@code META-INF/services/io/github/camelgemini/image/service/NAME}, or as {@code #bean}. The file has a line {@code
 * class=…} with an implementation that has a public constructor without arguments. All routes share one instance.
 */
public interface ImageService {

    /**
     * What the service takes, for each of its APIs. Most services have one API, Google has two. All entries have the
     * same service name.
     *
     * @return never empty; the usual API comes first
     */
    List<ServiceTraits> traits();

    /**
     * The server that is called, for display and telemetry.
     *
     * @param options as the route sets them; this method must not throw for invalid ones
     * @return scheme and host, or null if not known
     */
    String url(ServiceOptions options);

    /**
     * The options that hold credentials which an emulator does not need. Users see them when calls go to the emulator.
     *
     * @return names of options that are set, never values
     */
    List<String> credentials(ServiceOptions options);

    /**
     * Opens the backend that makes the calls. Called when the first producer with these options starts. The component
     * closes the backend when the last of these producers stops.
     *
     * @param options of the route. If they name an emulator, its address replaces every other server and credential.
     * @param means what the component lends; must not be closed
     * @throws io.github.camelgemini.image.error.InvalidRequestException names the option, its value, and what is
     *     allowed
     * @throws io.github.camelgemini.image.error.AuthenticationException when the key is missing
     */
    ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception;
}
