package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.request.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A custom service that accepts everything, and remembers the options that it was opened with. */
public class OwnService implements ImageService {

    public static final ServiceTraits TRAITS = new ServiceTraits(
            "painter",
            "painter",
            "The painter",
            "painter",
            null,
            List.of(),
            Set.of(),
            Parameter.ALL.stream().map(Parameter::optionName).collect(Collectors.toSet()),
            new ServiceTraits.References(EnumSet.allOf(ServiceTraits.Way.class), Integer.MAX_VALUE),
            EnumSet.allOf(ServiceTraits.Ability.class),
            null);

    private final ImageBackend backend;
    private final AtomicReference<ServiceOptions> options = new AtomicReference<>();
    private final AtomicReference<ServiceMeans> means = new AtomicReference<>();

    public OwnService(ImageBackend backend) {
        this.backend = backend;
    }

    @Override
    public List<ServiceTraits> traits() {
        return List.of(TRAITS);
    }

    @Override
    public String url(ServiceOptions written) {
        return null;
    }

    @Override
    public List<String> credentials(ServiceOptions written) {
        return List.of();
    }

    @Override
    public ImageBackend open(ServiceOptions written, ServiceMeans lent) {
        options.set(written);
        means.set(lent);
        return backend;
    }

    public ServiceOptions options() {
        return options.get();
    }

    public ServiceMeans means() {
        return means.get();
    }
}
