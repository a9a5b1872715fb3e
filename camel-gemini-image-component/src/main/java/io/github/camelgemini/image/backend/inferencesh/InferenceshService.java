package io.github.camelgemini.image.backend.inferencesh;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.PolledBackend;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.http.HttpCalls;
import java.util.List;

/** {@code service=inferencesh}: inference.sh. It runs the model as an app; each run is a task in a queue. */
public final class InferenceshService implements ImageService {

    /** Older documents put it in front of each path, newer ones do not. Also accepted at the end of {@code baseUrl}. */
    private static final String VERSION = "v1";

    @Override
    public List<ServiceTraits> traits() {
        return List.of(InferenceshTraits.TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        return ServiceOptions.isDefined(options.baseUrl())
                ? BaseUrl.shownOf(options.baseUrl())
                : InferenceshTraits.TRAITS.baseUrl();
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return ServiceOptions.isDefined(options.apiKey()) ? List.of("apiKey") : List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        BaseUrl base = BaseUrl.of(options.baseUrl(), VERSION);
        HttpCalls calls = HttpCalls.open(InferenceshTraits.TRAITS, options.withBaseUrl(base.url()), means);
        return new PolledBackend(new InferenceshQueue(calls, means), means);
    }
}
