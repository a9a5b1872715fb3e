package io.github.camelgemini.image.backend.anyfast;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What AnyFast takes, according to docs.anyfast.ai (read on 2026-11-27). */
final class AnyFastTraits {

    static final String API_KEY_PLACEMENT = "apiKeyPlacement";

    /** From the pages of the models, and from the page of the native format. */
    private static final Set<String> PARAMETERS = Stream.of(
                    Parameter.SYSTEM_INSTRUCTION,
                    Parameter.ASPECT_RATIO,
                    Parameter.IMAGE_SIZE,
                    Parameter.RESPONSE_MODALITIES,
                    Parameter.TEMPERATURE,
                    Parameter.TOP_P,
                    Parameter.TOP_K,
                    Parameter.SAFETY_THRESHOLD,
                    Parameter.SAFETY_SETTINGS,
                    Parameter.STREAM)
            .map(Parameter::optionName)
            .collect(Collectors.toUnmodifiableSet());

    static final ServiceTraits TRAITS = new ServiceTraits(
            "anyfast",
            "anyfast",
            "AnyFast",
            "anyfast",
            "https://www.anyfast.ai",
            List.of("ANYFAST_API_KEY"),
            Set.of(API_KEY_PLACEMENT, "apiVersion"),
            PARAMETERS,
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), Integer.MAX_VALUE),
            Set.of(ServiceTraits.Ability.GENERATE, ServiceTraits.Ability.CHAT),
            "/anyfast");

    private AnyFastTraits() {}
}
