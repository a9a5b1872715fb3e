package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.request.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Google's two APIs take. */
final class GoogleTraits {

    /** Parameters that only Vertex AI takes, in addition to the differences in the model catalog. */
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
                surface == Surface.VERTEX
                        ? EnumSet.complementOf(EnumSet.of(ServiceTraits.Ability.WEBHOOK))
                        : EnumSet.allOf(ServiceTraits.Ability.class),
                "");
    }

    private GoogleTraits() {}

    static ServiceTraits of(Surface surface) {
        return surface == Surface.VERTEX ? VERTEX : DEVELOPER;
    }
}
