package io.github.camelgemini.image.connection;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.PropertyBindingSupport;

/** The available services, found by name. Each is created once. */
public final class Services {

    /** The folder in a jar with a file for each of its services. The file's name is the name of the service. */
    public static final String FOLDER = "META-INF/services/io/github/camelgemini/image/service/";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private final CamelContext context;
    private final FactoryFinder finder;
    private final Collection<String> known;
    private final Map<String, ImageService> found = new LinkedHashMap<>();

    /**
     * @param known the names that messages list
     */
    public Services(CamelContext context, Collection<String> known) {
        this.context = context;
        this.finder = context.getCamelContextExtension().getFactoryFinder(FOLDER);
        this.known = List.copyOf(known);
    }

    /**
     * Finds a service by the value of the option.
     *
     * @param service a name, or a bean of the registry
     * @throws InvalidRequestException when there is no such service; lists the available names
     */
    public synchronized ImageService find(Object service) {
        if (service instanceof ImageService own) {
            return complete(own);
        }
        if (!(service instanceof String name) || name.isBlank()) {
            throw new InvalidRequestException("option service is "
                    + (service instanceof String || service == null
                            ? "empty"
                            : "a " + service.getClass().getName())
                    + "; it must be the name of a service, or a bean of type " + ImageService.class.getName());
        }
        ImageService known = found.get(name);
        if (known == null && name.startsWith("#")) {
            known = complete(bean(name));
            found.put(name, known);
        }
        return known != null ? known : byName(name).orElseThrow(() -> unknown(name));
    }

    private InvalidRequestException unknown(String name) {
        return new InvalidRequestException("option service '" + name + "' is unknown. Known services are "
                + String.join(", ", known) + ". Another service needs a jar with the file " + FOLDER + name);
    }

    private static ImageService complete(ImageService service) {
        if (service.traits() == null || service.traits().isEmpty()) {
            throw new InvalidRequestException("service " + service.getClass().getName()
                    + " does not describe itself: traits() must return at least one element");
        }
        return service;
    }

    /** Camel only resolves a reference if the option's type is the type of the bean. */
    private ImageService bean(String reference) {
        Object bean;
        try {
            bean = reference.startsWith("#bean:") || !reference.contains(":")
                    ? EndpointHelper.resolveReferenceParameter(context, reference, Object.class)
                    : PropertyBindingSupport.resolveBean(context, reference);
        } catch (Exception e) {
            throw new InvalidRequestException(
                    "option service '" + reference + "' is not a bean in the registry: " + e.getMessage(), e);
        }
        if (bean instanceof ImageService service) {
            return service;
        }
        throw new InvalidRequestException("option service '" + reference + "' is a "
                + (bean == null ? "null" : bean.getClass().getName()) + "; it must be a "
                + ImageService.class.getName());
    }

    private synchronized Optional<ImageService> byName(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        ImageService service = found.get(name);
        if (service == null) {
            service = finder.newInstance(name, ImageService.class).orElse(null);
            if (service != null) {
                found.put(name, complete(service));
            }
        }
        return Optional.ofNullable(service);
    }

    /** The traits of all known services. */
    public List<ServiceTraits> traits() {
        return known.stream()
                .flatMap(name -> byName(name).stream())
                .flatMap(service -> service.traits().stream())
                .toList();
    }

    /** The traits of all known services, and of one that may not be among them. */
    public List<ServiceTraits> traits(ImageService other) {
        List<ServiceTraits> all = new ArrayList<>(traits());
        if (all.stream().noneMatch(other.traits()::contains)) {
            all.addAll(other.traits());
        }
        return all;
    }
}
