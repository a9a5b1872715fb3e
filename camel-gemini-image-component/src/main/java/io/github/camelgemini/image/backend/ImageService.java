package io.github.camelgemini.image.backend;

import java.util.List;

/**
 * A service that sells the models. The option {@code service} names one: by the file {@code
 * META-INF/services/io/github/camelgemini/image/service/NAME}, whose line {@code class=…} names the implementation with a public
 * constructor without arguments, or as {@code #bean}. One instance serves all routes.
 */
public interface ImageService {

    /**
     * What it takes, for each of its faces: most have one, Google has two. All have the same service name; never empty.
     *
     * @return the usual face first
     */
    List<ServiceTraits> traits();

    /**
     * Where calls go, for display and telemetry.
     *
     * @param options as they are written, right or wrong; must not throw for wrong ones
     * @return scheme and host, or null when that is not known
     */
    String url(ServiceOptions options);

    /**
     * Which options hold credentials that an emulator would not need; told to users when calls go to the emulator.
     *
     * @return names of options that are set, never values
     */
    List<String> credentials(ServiceOptions options);

    /**
     * Opens what makes the calls. Called when the first producer with these options starts; what it opens is closed with the
     * last.
     *
     * @param options of the route; the emulator's address among them takes the place of every other server and credential
     * @param means what the component lends; not to be closed
     * @throws io.github.camelgemini.image.error.InvalidRequestException naming the option, the value, and what is right
     * @throws io.github.camelgemini.image.error.AuthenticationException when the key is missing
     */
    ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception;
}
