package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.GeminiImageComponent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;

/** The component in Camel's catalog. */
public final class CatalogSnippet {

    private CatalogSnippet() {}

    public static CamelCatalog catalog() throws IOException {
        // tag::catalog[]
        String path = "/META-INF/io/github/camelgemini/image/gemini-image.json";
        try (InputStream json = GeminiImageComponent.class.getResourceAsStream(path)) {
            CamelCatalog catalog = new DefaultCamelCatalog();
            catalog.addComponent(
                    "gemini-image",
                    GeminiImageComponent.class.getName(),
                    new String(json.readAllBytes(), StandardCharsets.UTF_8));
            return catalog;
        }
        // end::catalog[]
    }
}
