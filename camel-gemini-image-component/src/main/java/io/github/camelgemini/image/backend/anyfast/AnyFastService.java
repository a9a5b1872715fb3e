package io.github.camelgemini.image.backend.anyfast;

import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import java.util.List;

/** {@code service=anyfast}: AnyFast, with the native format of Google's API. */
public final class AnyFastService implements ImageService {

    @Override
    public List<ServiceTraits> traits() {
        return List.of(AnyFastTraits.TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        if (options.emulator() != null) {
            return options.emulator();
        }
        return options.baseUrl() == null ? AnyFastTraits.TRAITS.baseUrl() : BaseUrl.shownOf(options.baseUrl());
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return ServiceOptions.isDefined(options.apiKey()) ? List.of("apiKey") : List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) throws Exception {
        return new AnyFastBackend(options, means);
    }
}
