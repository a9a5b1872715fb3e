package io.github.camelgemini.image.backend.gmi;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;

/**
 * What GMI Cloud takes, according to docs.gmicloud.ai/model-quickstarts/image/gemini-3-1-flash-image-preview (read on
 * 2026-11-27). No environment variable is documented for the key; these are the ones that its clients use.
 */
final class GmiTraits {

    private static final int MOST_REFERENCES = 14;

    static final ServiceTraits TRAITS = new ServiceTraits(
            "gmi",
            "gmi",
            "GMI Cloud",
            "gmi",
            "https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey",
            List.of("GMI_API_KEY", "GMI_CLOUD_API_KEY", "GMICLOUD_API_KEY"),
            Set.of(),
            Set.of(Parameter.ASPECT_RATIO.optionName(), Parameter.IMAGE_SIZE.optionName()),
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE, ServiceTraits.Way.BY_URL), MOST_REFERENCES),
            Set.of(
                    ServiceTraits.Ability.GENERATE,
                    ServiceTraits.Ability.CHAT,
                    ServiceTraits.Ability.MODELS,
                    ServiceTraits.Ability.BATCH),
            "/gmi");

    private GmiTraits() {}
}
