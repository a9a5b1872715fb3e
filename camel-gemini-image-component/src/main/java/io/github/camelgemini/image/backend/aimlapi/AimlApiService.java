package io.github.camelgemini.image.backend.aimlapi;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.http.HttpCalls;
import java.util.List;

/** {@code service=aimlapi}: AI/ML API. One call makes a picture and answers with its URL. */
public final class AimlApiService implements ImageService {

    /** The version in the path of its only method; also accepted at the end of {@code baseUrl}. */
    private static final String VERSION = "v1";

    @Override
    public List<ServiceTraits> traits() {
        return List.of(AimlApiTraits.TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        return ServiceOptions.isDefined(options.baseUrl())
                ? BaseUrl.shownOf(options.baseUrl())
                : AimlApiTraits.TRAITS.baseUrl();
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return ServiceOptions.isDefined(options.apiKey()) ? List.of("apiKey") : List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        BaseUrl base = BaseUrl.of(options.baseUrl(), VERSION);
        return new AimlApiBackend(HttpCalls.open(AimlApiTraits.TRAITS, options.withBaseUrl(base.url()), means), means);
    }
}
