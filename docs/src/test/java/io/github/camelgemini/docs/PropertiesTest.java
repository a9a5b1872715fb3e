package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.docs.routes.CatalogSnippet;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The properties that the pages show are read as the pages say. */
class PropertiesTest {

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void theEmulatorIsAPlaceLikeAnyOther() throws Exception {
        assertThat(configurationOf("emulator").getBaseUrl()).isEqualTo("http://localhost:8080");
    }

    @Test
    void theKeyIsTakenFromTheEnvironment() throws Exception {
        assertThat(configurationOf("key").getApiKey()).isEqualTo("value of GEMINI_API_KEY");
    }

    @Test
    void aGatewayTakesItsKeyElsewhereAndHeadersOfItsOwn() throws Exception {
        GeminiImageConfiguration configuration = configurationOf("gateway");

        assertThat(configuration.getApiKeyPlacement()).isEqualTo(ApiKeyPlacement.BEARER);
        assertThat(configuration.getAdditionalHeader()).containsEntry("X-Team", "web");
    }

    @Test
    void theCatalogOfCamelTakesTheComponent() throws Exception {
        CamelCatalog catalog = CatalogSnippet.catalog();

        assertThat(catalog.validateEndpointProperties("gemini-image:generate?imageSize=2K")
                        .isSuccess())
                .isTrue();
        assertThat(catalog.validateEndpointProperties("gemini-image:generate?imageSise=2K")
                        .getUnknown())
                .containsExactly("imageSise");
    }

    @Test
    void vertexNeedsAProject() throws Exception {
        assertThat(configurationOf("vertex").getProject()).isEqualTo("my-project");
    }

    @Test
    void vertexTakesTheCredentialsOfTheMachine() throws Exception {
        GeminiImageConfiguration configuration = configurationOf("vertex-adc");

        assertThat(configuration.getLocation()).isEqualTo("global");
        assertThat(configuration.getLabels()).containsEntry("team", "web");
    }

    @Test
    void vertexInExpressModeTakesAKey() throws Exception {
        assertThat(configurationOf("vertex-express").getVertexAi()).isTrue();
    }

    @Test
    void aProxyHasHostAndPort() throws Exception {
        GeminiImageConfiguration configuration = configurationOf("proxy");

        assertThat(configuration.getProxyHost()).isEqualTo("proxy.example.com");
        assertThat(configuration.getProxyPort()).isEqualTo(3128);
    }

    @Test
    void certificatesAreTrustedForAllOfTheContext(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("trust.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, "changeit".toCharArray());
        }
        main.addInitialProperty("trust-store", store.toString());

        configurationOf("trust");

        assertThat(main.getCamelContext()
                        .getSSLContextParameters()
                        .getTrustManagers()
                        .getKeyStore()
                        .getResource())
                .endsWith("trust.p12");
        assertThat(main.getCamelContext()
                        .getComponent("gemini-image", GeminiImageComponent.class)
                        .isUseGlobalSslContextParameters())
                .isTrue();
    }

    private GeminiImageConfiguration configurationOf(String name) throws Exception {
        main.setDefaultPropertyPlaceholderLocation("classpath:" + name + ".properties");
        main.addMainListener(new MainListenerSupport() {

            @Override
            public void beforeInitialize(BaseMainSupport main) {
                main.getCamelContext().getPropertiesComponent().addPropertiesFunction(new Variables());
            }
        });
        main.start();
        return main.getCamelContext()
                .getComponent("gemini-image", GeminiImageComponent.class)
                .getConfiguration();
    }

    /** The environment of a process in which each variable is set. */
    private static final class Variables implements PropertiesFunction {

        @Override
        public String getName() {
            return "env";
        }

        @Override
        public String apply(String variable) {
            return "value of " + variable;
        }
    }
}
