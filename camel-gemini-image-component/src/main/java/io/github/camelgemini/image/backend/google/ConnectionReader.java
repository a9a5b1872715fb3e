package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.camelgemini.image.backend.BaseUrl;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.Tls;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.secret.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The options of a route, {@code → GoogleConnection}. Refuses missing and contradictory options. */
final class ConnectionReader {

    /** In the order of Google's own clients. */
    static final List<String> KEY_VARIABLES = List.of("GOOGLE_API_KEY", "GEMINI_API_KEY");

    private static final String CLOUD_SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String NO_KEY = "emulator";
    /** Has no expiry time, so it is never renewed. */
    private static final GoogleCredentials NO_CREDENTIALS = GoogleCredentials.create(new AccessToken(NO_KEY, null));

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The secret fields in key files of a service account, and of a user. */
    private static final List<String> SECRET_FIELDS =
            List.of("private_key", "private_key_id", "client_secret", "refresh_token");

    private final CamelContext context;

    ConnectionReader(CamelContext context) {
        this.context = context;
    }

    GoogleConnection read(GoogleOptions options) throws Exception {
        return options.all().emulator() == null ? ofService(options) : ofEmulator(options);
    }

    private GoogleConnection ofService(GoogleOptions options) throws Exception {
        Surface surface = options.surface();
        String key = key(options, surface);
        ServiceOptions.HttpProxy proxy = options.all().proxy();
        Tls tls = Tls.of(options.all().tls(), context);
        GoogleCredentials credentials = key == null ? credentials(options, transport(proxy, tls)) : null;
        return connection(options, surface, key, credentials, options.all().baseUrl(), proxy, tls);
    }

    /** The same API at an emulator, without a proxy. Uses a key or an access token without value, and requests none. */
    private GoogleConnection ofEmulator(GoogleOptions options) throws Exception {
        GoogleOptions wanted = options.usesClient() ? options.ofClient() : options;
        Surface surface = wanted.surface();
        boolean byToken = surface == Surface.VERTEX
                && wanted.project() != null
                && !ServiceOptions.isDefined(wanted.all().apiKey());
        return connection(
                wanted,
                surface,
                byToken ? null : NO_KEY,
                byToken ? NO_CREDENTIALS : null,
                wanted.all().emulator(),
                null,
                Tls.of(wanted.all().tls(), context));
    }

    private static String key(GoogleOptions options, Surface surface) {
        boolean keyNeeded =
                surface == Surface.DEVELOPER || (options.project() == null && options.serviceAccountKey() == null);
        String key = options.all().key(keyNeeded ? KEY_VARIABLES : List.of()).orElse(null);
        if (key == null && keyNeeded) {
            throw new AuthenticationException(
                    "No API key: set the option apiKey, or the environment variable GOOGLE_API_KEY or GEMINI_API_KEY. For"
                            + " Vertex AI set project. To try without a key, set baseUrl to the emulator and apiKey to any value.",
                    ProviderError.NONE,
                    null);
        }
        return key;
    }

    private static GoogleConnection connection(
            GoogleOptions options,
            Surface surface,
            String key,
            GoogleCredentials credentials,
            String baseUrl,
            ServiceOptions.HttpProxy proxy,
            Tls tls) {
        ServiceOptions all = options.all();
        BaseUrl server = BaseUrl.of(baseUrl, all.apiVersion());
        boolean located = surface == Surface.VERTEX && options.project() != null;
        return new GoogleConnection(
                surface,
                key,
                options.apiKeyPlacement(),
                options.project(),
                options.location() == null && located ? GoogleOptions.DEFAULT_LOCATION : options.location(),
                credentials,
                server.url(),
                server.apiVersion(),
                all.checkedHeaders(),
                all.connectTimeout(),
                all.idleTimeout(),
                proxy,
                tls,
                options.referenceUpload(),
                options.batchGcsUri());
    }

    /** The credentials of a service account, or the application default credentials. */
    private GoogleCredentials credentials(GoogleOptions options, HttpTransportFactory transport) {
        if (options.serviceAccountKey() == null) {
            return defaultCredentials(transport);
        }
        try (InputStream json =
                ResourceHelper.resolveMandatoryResourceAsInputStream(context, options.serviceAccountKey())) {
            byte[] account = json.readAllBytes();
            keepSecrets(account);
            return GoogleCredentials.fromStream(new ByteArrayInputStream(account), transport)
                    .createScoped(CLOUD_SCOPE);
        } catch (IOException e) {
            // Without the value, since someone may have put the key itself there.
            throw new AuthenticationException(
                    "serviceAccountKey is not a readable service account key in JSON ("
                            + e.getClass().getSimpleName() + "); write classpath:name or file:path",
                    ProviderError.NONE,
                    null);
        }
    }

    private static void keepSecrets(byte[] account) throws IOException {
        JsonNode fields = JSON.readTree(account);
        SECRET_FIELDS.forEach(field -> Secrets.keep(fields.path(field).asText()));
    }

    private static GoogleCredentials defaultCredentials(HttpTransportFactory transport) {
        try {
            return GoogleCredentials.getApplicationDefault(transport).createScoped(CLOUD_SCOPE);
        } catch (IOException e) {
            throw new AuthenticationException(
                    "project is set without apiKey or serviceAccountKey, but this machine has no application default"
                            + " credentials: " + e.getMessage(),
                    ProviderError.NONE,
                    e);
        }
    }

    /** Access tokens are fetched like pictures: with the same proxy and the same trusted certificates. */
    private static HttpTransportFactory transport(ServiceOptions.HttpProxy proxy, Tls tls) {
        NetHttpTransport.Builder transport = new NetHttpTransport.Builder();
        if (proxy != null) {
            transport.setProxy(proxy.toProxy());
        }
        if (tls != null) {
            transport.setSslSocketFactory(tls.socketFactory());
        }
        HttpTransport built = transport.build();
        return () -> built;
    }
}
