package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ServiceFace;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Catalog and services name the same things, and tell them by the same names. */
class CatalogAndServicesTest {

    private final ModelCatalog catalog = ModelCatalog.standard();

    @Test
    void everyServiceOfTheCatalogIsOne() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Services services = new Services(context, catalog.services());

            assertThat(catalog.services())
                    .allSatisfy(name -> assertThat(services.find(name)).isNotNull());
        }
    }

    @Test
    void facesAreCalledTheSame() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            List<ServiceTraits> traits = new Services(context, catalog.services()).traits();

            assertThat(traits)
                    .extracting(face -> new ServiceFace(face.face(), face.service(), face.title(), true))
                    .containsExactlyElementsOf(catalog.faces().stream()
                            .filter(ServiceFace::available)
                            .toList());
        }
    }
}
