package io.github.camelgemini.image.backend.aimlapi;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;

/** What AI/ML API takes, according to github.com/aimlapi/api-docs, 2026-08-21. */
final class AimlApiTraits {

    private static final int MOST_REFERENCES = 5;

    static final ServiceTraits TRAITS = new ServiceTraits(
            "aimlapi",
            "aimlapi",
            "AI/ML API",
            "aimlapi",
            "https://api.aimlapi.com",
            List.of("AIMLAPI_API_KEY"),
            Set.of(),
            Set.of(
                    Parameter.ASPECT_RATIO.optionName(),
                    Parameter.IMAGE_SIZE.optionName(),
                    Parameter.GOOGLE_SEARCH.optionName()),
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE, ServiceTraits.Way.BY_URL), MOST_REFERENCES),
            Set.of(ServiceTraits.Ability.GENERATE),
            "/aimlapi");

    private AimlApiTraits() {}
}
