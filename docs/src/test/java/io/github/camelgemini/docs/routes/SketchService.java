package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import java.util.List;
import java.util.Set;

/** Another service that draws. */
// tag::service[]
public class SketchService implements ImageService {

    static final ServiceTraits TRAITS = new ServiceTraits(
            "sketch",
            "sketch",
            "The sketcher",
            "sketch",
            "https://sketch.example",
            List.of("SKETCH_API_KEY"),
            Set.of(),
            Set.of("aspectRatio", "imageSize"),
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), 3),
            Set.of(ServiceTraits.Ability.GENERATE),
            false,
            null);

    private final SketchBackend.Sketcher sketcher;

    public SketchService(SketchBackend.Sketcher sketcher) {
        this.sketcher = sketcher;
    }

    @Override
    public List<ServiceTraits> traits() {
        return List.of(TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        return options.baseUrl() == null ? TRAITS.baseUrl() : options.baseUrl();
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return options.apiKey() == null ? List.of() : List.of("apiKey");
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) {
        return new SketchBackend(sketcher);
    }
}
// end::service[]
