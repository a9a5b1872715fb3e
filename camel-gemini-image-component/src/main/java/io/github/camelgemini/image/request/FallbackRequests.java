package io.github.camelgemini.image.request;

import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of another model than the one that a request is for: the same, without the parameters that it does not take,
 * such as {@code temperature}; the picture is the same kind of picture without them. One that cannot draw what was asked, for
 * want of the size for instance, cannot be asked.
 */
public final class FallbackRequests {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackRequests.class);

    private final ModelCatalog catalog;
    private final RequestCheck check;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param catalog of the models as the service offers them */
    public FallbackRequests(ModelCatalog catalog) {
        this.catalog = catalog;
        this.check = new RequestCheck(catalog);
    }

    /**
     * The request for another model. What is left out of it is logged, once for each model.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException when it cannot draw that
     * @throws io.github.camelgemini.image.error.ReferenceImageException when it cannot read a picture of it
     */
    public ImageRequest request(ImageRequest request, String model) {
        ImageRequest other = check(request, model);
        List<Parameter<?>> refused = refused(request, model);
        if (!refused.isEmpty() && told.add(model + refused)) {
            LOG.warn(
                    "Model {} does not accept {}. These parameters are not sent when it is used instead of {}",
                    model,
                    refused,
                    request.model());
        }
        return other;
    }

    /** The model that Google advises instead of one, by the catalog. */
    public Optional<String> successorOf(String model) {
        return catalog.successorOf(model);
    }

    /** As {@link #request}, for who only wants to know whether it can draw that. */
    public ImageRequest check(ImageRequest request, String model) {
        ImageRequest other = without(refused(request, model), request.ofModel(model));
        check.complete(other);
        return other;
    }

    /**
     * Checks the options of an endpoint for another model.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException when it cannot draw that
     */
    public void template(ImageRequest template, String model) {
        check.template(without(refused(template, model), template.ofModel(model)));
    }

    private List<Parameter<?>> refused(ImageRequest request, String model) {
        Set<String> names =
                catalog.find(model).map(ModelSpec::parametersNotTaken).orElse(Set.of());
        return Parameter.ALL.stream()
                .filter(parameter -> names.contains(parameter.optionName()) && request.has(parameter))
                .toList();
    }

    private static ImageRequest without(List<Parameter<?>> refused, ImageRequest request) {
        if (refused.isEmpty()) {
            return request;
        }
        ImageRequest.Builder builder = request.toBuilder();
        refused.forEach(parameter -> builder.set(parameter, null));
        return builder.build();
    }
}
