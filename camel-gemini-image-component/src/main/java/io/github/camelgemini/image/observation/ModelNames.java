package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.ModelCatalog;

/**
 * Models as values of a tag: those of the catalog and those that routes name. Messages may name models too, any number of
 * them, and all of those are {@code other}.
 */
final class ModelNames {

    /** A route with a dynamic endpoint may take the option from messages. */
    private static final int OF_ROUTES = 50;

    private final ModelCatalog catalog;
    private final TagValues ofRoutes = new TagValues(OF_ROUTES);

    ModelNames(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    void add(String ofRoute) {
        if (catalog.idOf(ofRoute).isEmpty()) {
            ofRoutes.of(ofRoute);
        }
    }

    String of(String model) {
        if (model == null || model.equals(TagValues.NONE)) {
            return TagValues.NONE;
        }
        return catalog.idOf(model).orElse(ofRoutes.contains(model) ? model : TagValues.OTHER);
    }
}
