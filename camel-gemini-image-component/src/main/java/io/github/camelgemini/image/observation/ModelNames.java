package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.model.ModelCatalog;

/**
 * Model names as tag values: those in the catalog, and those that routes name. Messages may contain any number of other
 * names; all of these become {@code other}.
 */
final class ModelNames {

    /** The limit for models of routes. A dynamic endpoint may take the option from messages. */
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
