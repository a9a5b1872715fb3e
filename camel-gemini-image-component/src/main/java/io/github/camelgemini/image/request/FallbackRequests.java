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
 * Converts a request to one for a fallback model. Parameters such as {@code temperature} that the other model does not
 * take are left out, because they do not change the kind of picture. If the other model lacks something essential, such
 * as the size, it is not used.
 */
public final class FallbackRequests {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackRequests.class);

    private final ModelCatalog catalog;
    private final RequestCheck check;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param catalog of the models as the service offers them
     */
    public FallbackRequests(ModelCatalog catalog) {
        this.catalog = catalog;
        this.check = new RequestCheck(catalog);
    }

    /**
     * Converts a request. Logs once for each model which parameters are left out.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException when the model does not support the request
     * @throws io.github.camelgemini.image.error.ReferenceImageException when the model does not accept a reference
     *     image
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

    /** The model that Google recommends instead, by the catalog. */
    public Optional<String> successorOf(String model) {
        return catalog.successorOf(model);
    }

    /** Does the same as {@link #request}, without logging. */
    public ImageRequest check(ImageRequest request, String model) {
        ImageRequest other = without(refused(request, model), request.ofModel(model));
        check.complete(other);
        return other;
    }

    /**
     * Checks the options of an endpoint against another model.
     *
     * @throws io.github.camelgemini.image.error.InvalidRequestException when the model does not support them
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
