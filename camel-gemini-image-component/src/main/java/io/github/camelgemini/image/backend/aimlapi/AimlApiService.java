package io.github.camelgemini.image.backend.aimlapi;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.http.HttpCalls;
import io.github.camelgemini.image.request.Parameter;
import java.util.List;
import java.util.Set;

/**
 * {@code service=aimlapi}: AI/ML API, which draws with one call and gives the address of the picture. What it takes is by
 * github.com/aimlapi/api-docs, 2026-08-21.
 */
public final class AimlApiService implements ImageService {

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
            false,
            "/aimlapi");

    @Override
    public List<ServiceTraits> traits() {
        return List.of(TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        return ServiceOptions.isDefined(options.baseUrl()) ? BaseUrl.shownOf(options.baseUrl()) : TRAITS.baseUrl();
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return ServiceOptions.isDefined(options.apiKey()) ? List.of("apiKey") : List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        return new AimlApiBackend(HttpCalls.open(TRAITS, options, means), means);
    }
}
