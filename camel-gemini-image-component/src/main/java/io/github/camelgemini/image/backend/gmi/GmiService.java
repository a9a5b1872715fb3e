package io.github.camelgemini.image.backend.gmi;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.PolledBackend;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.http.HttpCalls;
import java.util.List;

/** {@code service=gmi}: GMI Cloud. Its API is a request queue, with conversations in the format of Google's API. */
public final class GmiService implements ImageService {

    @Override
    public List<ServiceTraits> traits() {
        return List.of(GmiTraits.TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        return ServiceOptions.isDefined(options.baseUrl())
                ? BaseUrl.shownOf(options.baseUrl())
                : BaseUrl.shownOf(GmiTraits.TRAITS.baseUrl());
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return ServiceOptions.isDefined(options.apiKey()) ? List.of("apiKey") : List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        return new PolledBackend(new GmiQueue(HttpCalls.open(GmiTraits.TRAITS, options, means), means), means);
    }
}
