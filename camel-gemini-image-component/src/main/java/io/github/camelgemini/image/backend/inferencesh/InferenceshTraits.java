package io.github.camelgemini.image.backend.inferencesh;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;

/**
 * What inference.sh takes, according to the schema of its app in github.com/inference-sh/grid, its REST documentation
 * of 2026-11-10, and the types of its client, npm {@code @inferencesh/sdk} 0.6.54.
 */
final class InferenceshTraits {

    private static final int MOST_REFERENCES = 14;

    static final ServiceTraits TRAITS = new ServiceTraits(
            "inferencesh",
            "inferencesh",
            "inference.sh",
            "inferencesh",
            "https://api.inference.sh",
            List.of("INFERENCE_API_KEY", "INFERENCESH_API_KEY"),
            Set.of(),
            Set.of(
                    Parameter.ASPECT_RATIO.optionName(),
                    Parameter.IMAGE_SIZE.optionName(),
                    Parameter.GOOGLE_SEARCH.optionName(),
                    Parameter.SAFETY_THRESHOLD.optionName()),
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE, ServiceTraits.Way.BY_URL), MOST_REFERENCES),
            Set.of(ServiceTraits.Ability.GENERATE, ServiceTraits.Ability.BATCH, ServiceTraits.Ability.WEBHOOK),
            "/inferencesh");

    private InferenceshTraits() {}
}
