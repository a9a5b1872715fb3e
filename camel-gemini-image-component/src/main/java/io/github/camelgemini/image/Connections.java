package io.github.camelgemini.image;

import com.google.auth.oauth2.GoogleCredentials;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.google.GoogleBackend;
import io.github.camelgemini.image.backend.google.GoogleConnection;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Surface;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.resilience.ResilienceSettings;
import io.github.camelgemini.image.resilience.ResilientBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The backends and spool folders of a component. Endpoints whose connection, patience and spool options are the same share
 * one, and with it its connections and its limit of calls in flight.
 */
final class Connections implements AutoCloseable {

    private static final String CLOUD_SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String DEFAULT_LOCATION = "global";

    private final CamelContext context;
    private final ModelCatalog catalog;
    private final ExecutorService workers;
    private final Map<Object, ImageBackend> backends = new HashMap<>();
    private final Map<Object, PayloadStore> stores = new HashMap<>();
    private final Map<SSLContextParameters, GoogleConnection.Tls> tls = new IdentityHashMap<>();

    Connections(CamelContext context, ModelCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
        // From Camel, so that they are virtual threads where Camel's are, and end with the context.
        this.workers = context.getExecutorServiceManager().newCachedThreadPool(this, "GeminiImage");
    }

    /** The spool folder for an endpoint. */
    synchronized PayloadStore store(GeminiImageConfiguration options) throws IOException {
        Path directory = options.getSpoolDirectory() == null ? null : Path.of(options.getSpoolDirectory());
        Object key = List.of(String.valueOf(directory), options.getSpoolThreshold());
        PayloadStore store = stores.get(key);
        if (store == null) {
            store = new PayloadStore(directory, options.getSpoolThreshold());
            stores.put(key, store);
        }
        return store;
    }

    /**
     * The backend for an endpoint.
     *
     * @throws InvalidRequestException when credentials are missing or contradict each other
     */
    synchronized ImageBackend backend(GeminiImageConfiguration options) throws Exception {
        PayloadStore store = store(options);
        ResilienceSettings patience = new ResilienceSettings(
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryInitialDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxConcurrentRequests());
        Object service = Stream.of(options.getBackend(), options.getClient())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (service == null) {
            service = connection(options);
        }
        Object key = List.of(service, patience, store);
        ImageBackend backend = backends.get(key);
        if (backend == null) {
            backend = new ResilientBackend(open(service, store), patience, workers);
            backends.put(key, backend);
        }
        return backend;
    }

    private ImageBackend open(Object service, PayloadStore store) {
        if (service instanceof ImageBackend backend) {
            return backend;
        }
        if (service instanceof com.google.genai.Client client) {
            return GoogleBackend.using(client, catalog, store, workers);
        }
        return GoogleBackend.connect((GoogleConnection) service, catalog, store, workers);
    }

    private GoogleConnection connection(GeminiImageConfiguration options) throws Exception {
        Surface surface = surface(options);
        boolean keyNeeded = surface == Surface.DEVELOPER
                || (options.getProject() == null && options.getServiceAccountKey() == null);
        String key = Stream.of(options.getApiKey(), keyNeeded ? keyOfEnvironment() : null)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
        if (key == null && keyNeeded) {
            throw new AuthenticationException(
                    "No API key: set the option apiKey, or the environment variable GOOGLE_API_KEY or GEMINI_API_KEY; or for"
                            + " Vertex AI set project. To try without a key, point baseUrl to the emulator and set any apiKey.",
                    ProviderError.NONE,
                    null);
        }
        boolean located = surface == Surface.VERTEX && options.getProject() != null;
        Map<String, String> headers = new LinkedHashMap<>();
        if (options.getAdditionalHeader() != null) {
            options.getAdditionalHeader().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        }
        return new GoogleConnection(
                surface,
                key,
                options.getApiKeyPlacement(),
                options.getProject(),
                options.getLocation() == null && located ? DEFAULT_LOCATION : options.getLocation(),
                credentials(options),
                options.getBaseUrl(),
                options.getApiVersion(),
                headers,
                Duration.ofMillis(options.getConnectTimeout()),
                options.getProxyHost() == null
                        ? null
                        : new GoogleConnection.HttpProxy(options.getProxyHost(), proxyPort(options)),
                tls(options.getSslContextParameters()));
    }

    private static Surface surface(GeminiImageConfiguration options) {
        boolean cloudOptions =
                options.getProject() != null || options.getLocation() != null || options.getServiceAccountKey() != null;
        if (Boolean.FALSE.equals(options.getVertexAi()) && cloudOptions) {
            throw new InvalidRequestException(
                    "vertexAi 'false' contradicts project, location or serviceAccountKey, which"
                            + " only Vertex AI has; leave either out");
        }
        if (options.getServiceAccountKey() != null && options.getProject() == null) {
            throw new InvalidRequestException("serviceAccountKey needs the option project as well");
        }
        if (options.getServiceAccountKey() != null && options.getApiKey() != null) {
            throw new InvalidRequestException("apiKey and serviceAccountKey exclude each other; leave one out");
        }
        return cloudOptions || Boolean.TRUE.equals(options.getVertexAi()) ? Surface.VERTEX : Surface.DEVELOPER;
    }

    /** The order of Google's own clients. */
    private static String keyOfEnvironment() {
        String key = System.getenv("GOOGLE_API_KEY");
        return key == null || key.isBlank() ? System.getenv("GEMINI_API_KEY") : key;
    }

    private static int proxyPort(GeminiImageConfiguration options) {
        if (options.getProxyPort() == null) {
            throw new InvalidRequestException(
                    "proxyHost '" + options.getProxyHost() + "' needs the option proxyPort as well");
        }
        return options.getProxyPort();
    }

    private GoogleCredentials credentials(GeminiImageConfiguration options) {
        if (options.getServiceAccountKey() == null) {
            return null;
        }
        try (InputStream json =
                ResourceHelper.resolveMandatoryResourceAsInputStream(context, options.getServiceAccountKey())) {
            return GoogleCredentials.fromStream(json).createScoped(CLOUD_SCOPE);
        } catch (IOException e) {
            // Without the value: somebody may have put the key itself there.
            throw new AuthenticationException(
                    "serviceAccountKey names no readable service account key in JSON ("
                            + e.getClass().getSimpleName() + "); write classpath:name or file:path",
                    ProviderError.NONE,
                    null);
        }
    }

    private GoogleConnection.Tls tls(SSLContextParameters parameters) throws Exception {
        if (parameters == null) {
            return null;
        }
        GoogleConnection.Tls known = tls.get(parameters);
        if (known == null) {
            TrustManager[] trustManagers = parameters.getTrustManagers() == null
                    ? defaultTrustManagers()
                    : parameters.getTrustManagers().createTrustManagers();
            known = new GoogleConnection.Tls(
                    parameters.createSSLContext(context).getSocketFactory(), (X509TrustManager) Stream.of(trustManagers)
                            .filter(X509TrustManager.class::isInstance)
                            .findFirst()
                            .orElseThrow(() ->
                                    new InvalidRequestException("sslContextParameters has no X.509 trust manager")));
            tls.put(parameters, known);
        }
        return known;
    }

    private static TrustManager[] defaultTrustManagers() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }

    @Override
    public synchronized void close() throws Exception {
        for (ImageBackend backend : backends.values()) {
            backend.close();
        }
        backends.clear();
        context.getExecutorServiceManager().shutdownGraceful(workers);
        for (PayloadStore store : stores.values()) {
            store.close();
        }
        stores.clear();
    }
}
