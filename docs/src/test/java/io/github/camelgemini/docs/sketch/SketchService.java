package io.github.camelgemini.docs.sketch;

// tag::service[]
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import java.util.List;
import java.util.Set;

/** A service that needs no server: it sketches on this machine. */
public final class SketchService implements ImageService {

    static final ServiceTraits TRAITS = new ServiceTraits(
            "sketch", // the value of the option service
            "sketch", // its key in the model catalog
            "Sketch", // its name in messages
            "sketch", // its name in metrics and traces
            null, // no base URL
            List.of(), // environment variables of its key
            Set.of(), // connection options that only some services have
            Set.of("aspectRatio"), // the request parameters that it takes, besides those that the component handles
            new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), 1),
            Set.of(ServiceTraits.Ability.GENERATE),
            null); // no emulator

    @Override
    public List<ServiceTraits> traits() {
        return List.of(TRAITS);
    }

    @Override
    public String url(ServiceOptions options) {
        return null;
    }

    @Override
    public List<String> credentials(ServiceOptions options) {
        return List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions options, ServiceMeans means) {
        return new SketchBackend(means);
    }
}
// end::service[]
