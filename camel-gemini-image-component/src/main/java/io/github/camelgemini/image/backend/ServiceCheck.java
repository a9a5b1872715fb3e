package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.ResponseModality;
import io.github.camelgemini.image.model.ServiceFace;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Refuses what a service does not support before anything is billed, and names the services that do. */
public final class ServiceCheck {

    /** An option that only a route can set. It is not a {@link Parameter} of the request. */
    public static final String OUTPUT_GCS_URI = "outputGcsUri";

    /** Parameters that the component handles itself, for every service. */
    public static final Set<String> OF_THE_COMPONENT = Set.of(
                    Parameter.MODEL,
                    Parameter.PROMPT,
                    Parameter.REFERENCE_IMAGES,
                    Parameter.NUM_IMAGES,
                    Parameter.PARTIAL_RESULTS,
                    Parameter.OUTPUT_FORMAT,
                    Parameter.OUTPUT_QUALITY,
                    Parameter.CONVERSATION_ID,
                    Parameter.CONVERSATION_ACTION,
                    Parameter.MAX_RETRIES,
                    Parameter.OUTPUT)
            .stream()
            .map(Parameter::optionName)
            .collect(Collectors.toUnmodifiableSet());

    private final ServiceTraits traits;
    private final Collection<ServiceTraits> all;

    /**
     * @param traits of the service
     * @param all those of every known service
     */
    public ServiceCheck(ServiceTraits traits, Collection<ServiceTraits> all) {
        this.traits = traits;
        this.all = List.copyOf(all);
    }

    /** The traits of the service. */
    public ServiceTraits traits() {
        return traits;
    }

    /**
     * Refuses an operation that the service does not have.
     *
     * @param operation as the route writes it, {@code gemini-image:chat}
     * @throws InvalidRequestException names the services that have it
     */
    public void operation(ServiceTraits.Ability ability, String operation) {
        if (!traits.can(ability)) {
            throw new InvalidRequestException(
                    traits.title() + " does not support " + operation + having(other -> other.can(ability)));
        }
    }

    /**
     * Refuses a connection option that only other services have.
     *
     * @param written the names of the options that the route sets
     * @throws InvalidRequestException names the services that have it
     */
    public void options(Collection<String> written) {
        written.stream()
                .filter(name -> !traits.options().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidRequestException("option " + name + " is not supported by service "
                            + traits.service() + having(other -> other.options().contains(name)));
                });
    }

    /**
     * Refuses parameters, and kinds of reference images, that the service does not have.
     *
     * @throws InvalidRequestException names the parameter, and the services that have it
     */
    public void check(ImageRequest request) {
        for (Parameter<?> parameter : Parameter.ALL) {
            String name = parameter.optionName();
            if (!takes(traits, name) && asksForSomething(request, parameter)) {
                throw new InvalidRequestException(
                        parameter + " is not supported by " + traits.title() + having(other -> takes(other, name)));
            }
        }
        if (request.outputGcsUri().isPresent() && !takes(traits, OUTPUT_GCS_URI)) {
            throw new InvalidRequestException("option " + OUTPUT_GCS_URI + " is not supported by " + traits.title()
                    + having(other -> takes(other, OUTPUT_GCS_URI)));
        }
        if (!request.history().isEmpty()) {
            operation(ServiceTraits.Ability.CHAT, "conversations");
        }
        references(request);
    }

    /**
     * Checks the reference images only: their number, and how they are given.
     *
     * @throws InvalidRequestException when there are too many, or the service does not take this kind
     */
    public void references(ImageRequest request) {
        List<ReferenceImage> images = request.allImages().toList();
        int most = traits.references().most();
        if (images.size() > most) {
            throw new InvalidRequestException("number of reference images '" + images.size() + "' must be at most "
                    + most + " for " + traits.title()
                    + having(other -> other.references().most() >= images.size()));
        }
        for (ReferenceImage image : images) {
            EnumSet<ServiceTraits.Way> ways = waysOf(image);
            if (traits.references().ways().stream().noneMatch(ways::contains)) {
                String what = image instanceof ReferenceImage.Remote remote
                        ? "referenceImages '" + remote.uri() + "' is not supported by " + traits.title()
                        : traits.title() + " does not support reference images";
                throw new InvalidRequestException(what
                        + having(other -> other.references().ways().stream().anyMatch(ways::contains)));
            }
        }
    }

    private static EnumSet<ServiceTraits.Way> waysOf(ReferenceImage image) {
        if (image instanceof ReferenceImage.Remote remote) {
            return EnumSet.of(remote.byUrl() ? ServiceTraits.Way.BY_URL : ServiceTraits.Way.STORED);
        }
        return image instanceof ReferenceImage.ByUrl
                ? EnumSet.of(ServiceTraits.Way.BY_URL, ServiceTraits.Way.INLINE)
                : EnumSet.of(ServiceTraits.Way.INLINE);
    }

    private static boolean takes(ServiceTraits traits, String parameter) {
        return OF_THE_COMPONENT.contains(parameter) || traits.parameters().contains(parameter);
    }

    /** Endpoints set some parameters to a value that every service has as default anyway. */
    private static boolean asksForSomething(ImageRequest request, Parameter<?> parameter) {
        Object value = request.get(parameter).orElse(null);
        if (value == null || Boolean.FALSE.equals(value)) {
            return false;
        }
        return parameter != Parameter.RESPONSE_MODALITIES || !((List<?>) value).contains(ResponseModality.IMAGE);
    }

    private String having(Predicate<ServiceTraits> which) {
        String names = ServiceFace.named(
                all.stream().filter(which).map(ServiceCheck::face).toList(),
                all.stream().map(ServiceCheck::face).toList());
        return names.isEmpty() ? "; no service supports it" : "; services that support it: " + names;
    }

    private static ServiceFace face(ServiceTraits traits) {
        return new ServiceFace(traits.face(), traits.service(), traits.title(), true);
    }
}
