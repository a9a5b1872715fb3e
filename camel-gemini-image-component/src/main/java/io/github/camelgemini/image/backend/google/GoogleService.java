package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code service=google}: the Developer API, Vertex AI, and gateways and emulators that speak the same, by Google's SDK. Which
 * face is called follows from the options.
 */
public final class GoogleService implements ImageService {

    /** Of requests to Vertex AI alone, besides those that a face does not take by the model catalog. */
    private static final Set<String> VERTEX_ONLY = Set.of(
            Parameter.PERSON_GENERATION.optionName(), Parameter.LABELS.optionName(), ServiceCheck.OUTPUT_GCS_URI);

    static final ServiceTraits DEVELOPER = traits(
            Surface.DEVELOPER,
            "Gemini Developer API",
            "gcp.gemini",
            "https://generativelanguage.googleapis.com",
            ConnectionReader.KEY_VARIABLES);

    static final ServiceTraits VERTEX = traits(
            Surface.VERTEX,
            "Vertex AI",
            "gcp.vertex_ai",
            // It depends on the location.
            null,
            ConnectionReader.KEY_VARIABLES);

    private static ServiceTraits traits(
            Surface surface, String title, String provider, String baseUrl, List<String> keyVariables) {
        Set<String> parameters = Stream.concat(
                        Parameter.ALL.stream().map(Parameter::optionName), Stream.of(ServiceCheck.OUTPUT_GCS_URI))
                .filter(name -> surface == Surface.VERTEX || !VERTEX_ONLY.contains(name))
                .collect(Collectors.toSet());
        return new ServiceTraits(
                "google",
                surface.face(),
                title,
                provider,
                baseUrl,
                keyVariables,
                GoogleOptions.OWN,
                parameters,
                new ServiceTraits.References(
                        Set.of(ServiceTraits.Way.INLINE, ServiceTraits.Way.STORED), Integer.MAX_VALUE),
                Set.of(ServiceTraits.Ability.values()),
                true,
                "");
    }

    static ServiceTraits of(Surface surface) {
        return surface == Surface.VERTEX ? VERTEX : DEVELOPER;
    }

    @Override
    public List<ServiceTraits> traits() {
        return List.of(DEVELOPER, VERTEX);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        try {
            return GoogleOptions.of(options).url();
        } catch (InvalidRequestException e) {
            // Told when it is opened.
            return null;
        }
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return GoogleOptions.of(options).credentials();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        GoogleOptions google = GoogleOptions.of(options);
        if (google.usesClient() && google.referenceUpload() == ReferenceUpload.FILES) {
            throw new InvalidRequestException(
                    "option referenceUpload 'FILES' does not go with a client of your own, whose"
                            + " uploader fails on some sizes; use apiKey and baseUrl instead of client");
        }
        return google.usesClient() && options.emulator() == null
                ? GoogleBackend.using(google.client(), means)
                : GoogleBackend.connect(new ConnectionReader(means.camelContext()).read(google), means);
    }
}
