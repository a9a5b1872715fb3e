package io.github.camelgemini.image;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import io.github.camelgemini.image.backend.google.GoogleConnection;
import io.github.camelgemini.image.backend.google.ReferenceUpload;
import io.github.camelgemini.image.backend.google.Surface;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The connection options {@code → GoogleConnection}; refuses what is missing or contradictory. */
final class ConnectionReader {

    private static final String CLOUD_SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String DEFAULT_LOCATION = "global";
    private static final String NO_KEY = "emulator";
    /** Without a time at which it expires, so it is never renewed. */
    private static final GoogleCredentials NO_CREDENTIALS = GoogleCredentials.create(new AccessToken(NO_KEY, null));

    private static final Pattern HOST_PATTERN =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** A picture that takes longer is not worth a thread; servers that a message names may be slow on purpose. */
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

    private final CamelContext context;
    /** One for each set of parameters, so that endpoints with the same are seen to be the same. */
    private final Map<SSLContextParameters, GoogleConnection.Tls> tls = new IdentityHashMap<>();

    ConnectionReader(CamelContext context) {
        this.context = context;
    }

    GoogleConnection read(GeminiImageConfiguration options) throws Exception {
        Surface surface = surface(options);
        String key = key(options, surface);
        GoogleConnection.HttpProxy proxy = proxy(options);
        GoogleCredentials credentials =
                credentials(options, key != null, transport(proxy, tls(options.getSslContextParameters())));
        return connection(options, surface, key, credentials, options.getBaseUrl(), proxy);
    }

    /**
     * The same face of the API at an emulator, through no proxy: with a key or a token that is worth nothing, and without
     * asking anybody for one.
     */
    GoogleConnection emulated(GeminiImageConfiguration options, String emulator) throws Exception {
        GeminiImageConfiguration wanted = usesClient(options) ? optionsOf(options.getClient(), options) : options;
        Surface surface = surface(wanted);
        boolean byToken = surface == Surface.VERTEX && wanted.getProject() != null && !isDefined(wanted.getApiKey());
        return connection(wanted, surface, byToken ? null : NO_KEY, byToken ? NO_CREDENTIALS : null, emulator, null);
    }

    private static GeminiImageConfiguration optionsOf(Client client, GeminiImageConfiguration options) {
        GeminiImageConfiguration wanted = options.copy();
        wanted.setVertexAi(client.vertexAI());
        if (client.vertexAI()) {
            wanted.setProject(client.project());
            wanted.setLocation(client.location());
        }
        wanted.setReferenceUpload(ReferenceUpload.INLINE);
        return wanted;
    }

    private static String key(GeminiImageConfiguration options, Surface surface) {
        boolean keyNeeded = surface == Surface.DEVELOPER
                || (options.getProject() == null && options.getServiceAccountKey() == null);
        String key = Stream.of(options.getApiKey(), keyNeeded ? keyOfEnvironment() : null)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse(null);
        if (key != null && !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            // An HTTP client would refuse it later, and tell it while doing so.
            throw new AuthenticationException(
                    "apiKey has blanks or characters that no key has; it is not shown here", ProviderError.NONE, null);
        }
        if (key != null && key.startsWith("${")) {
            // Spring leaves placeholders that it cannot resolve as they are.
            throw new AuthenticationException(
                    "apiKey '" + key + "' is a placeholder that nothing defines", ProviderError.NONE, null);
        }
        if (key == null && keyNeeded) {
            throw new AuthenticationException(
                    "No API key: set the option apiKey, or the environment variable GOOGLE_API_KEY or GEMINI_API_KEY; or for"
                            + " Vertex AI set project. To try without a key, point baseUrl to the emulator and set any apiKey.",
                    ProviderError.NONE,
                    null);
        }
        return key;
    }

    private GoogleConnection connection(
            GeminiImageConfiguration options,
            Surface surface,
            String key,
            GoogleCredentials credentials,
            String baseUrl,
            GoogleConnection.HttpProxy proxy)
            throws Exception {
        BaseUrl server = BaseUrl.of(baseUrl, options.getApiVersion());
        boolean located = surface == Surface.VERTEX && options.getProject() != null;
        Map<String, String> headers = new LinkedHashMap<>();
        if (options.getAdditionalHeader() != null) {
            options.getAdditionalHeader().forEach((name, value) -> headers.put(name, headerValue(name, value)));
        }
        return new GoogleConnection(
                surface,
                key,
                options.getApiKeyPlacement(),
                options.getProject(),
                options.getLocation() == null && located ? DEFAULT_LOCATION : options.getLocation(),
                credentials,
                server.url(),
                server.apiVersion(),
                headers,
                timeout("connectTimeout", options.getConnectTimeout()),
                timeout("idleTimeout", options.getIdleTimeout()),
                proxy,
                tls(options.getSslContextParameters()),
                options.getReferenceUpload());
    }

    /** How reference pictures are fetched: with the endpoint's TLS and proxy, and never with its credentials. */
    FetchSettings fetching(GeminiImageConfiguration options) throws Exception {
        List<String> hosts = options.getAllowedReferenceHosts() == null
                ? List.of()
                : Stream.of(options.getAllowedReferenceHosts().split(","))
                        .map(String::strip)
                        .toList();
        for (String host : hosts) {
            if (!HOST_PATTERN.matcher(host).matches()) {
                throw new InvalidRequestException("allowedReferenceHosts '" + host
                        + "' must be a host such as pictures.example.com, or *.example.com for all hosts below a domain,"
                        + " without scheme, port and path");
            }
        }
        GoogleConnection.HttpProxy proxy = proxy(options);
        GoogleConnection.Tls tls = tls(options.getSslContextParameters());
        Duration limit = Duration.ofMillis(options.getRequestTimeout());
        return new FetchSettings(
                hosts,
                options.isAllowPrivateReferences(),
                timeout("connectTimeout", options.getConnectTimeout()),
                limit.compareTo(LONGEST_FETCH) < 0 ? limit : LONGEST_FETCH,
                proxy == null ? null : proxy.toProxy(),
                tls == null ? null : tls.trustManager());
    }

    private static Duration timeout(String option, long millis) {
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            throw new InvalidRequestException("option " + option + " '" + millis + "' must be between 0 and "
                    + Integer.MAX_VALUE + " milliseconds; 0 is no limit");
        }
        return Duration.ofMillis(millis);
    }

    /** A client that Camel found in the registry must not redirect an endpoint that says where to go. */
    static boolean usesClient(GeminiImageConfiguration options) {
        return options.getClient() != null && !saysWhereToGo(options);
    }

    /** Whether there is a value, and not just a placeholder of Spring that nothing defines. */
    static boolean isDefined(String value) {
        return value != null && !value.isBlank() && !value.contains("${");
    }

    /** Whether an option names a server, a project or a credential. */
    private static boolean saysWhereToGo(GeminiImageConfiguration options) {
        return Stream.of(
                        options.getApiKey(),
                        options.getBaseUrl(),
                        options.getProject(),
                        options.getLocation(),
                        options.getServiceAccountKey(),
                        options.getVertexAi())
                .anyMatch(Objects::nonNull);
    }

    /** Where the options lead to, as far as they say; null for a service of the registry. */
    static String serviceUrl(GeminiImageConfiguration options) {
        if (options.getBaseUrl() != null && !options.getBaseUrl().isBlank()) {
            return BaseUrl.shownOf(options.getBaseUrl());
        }
        if (options.getBackend() != null || usesClient(options)) {
            return null;
        }
        if (surface(options) == Surface.DEVELOPER) {
            return "https://generativelanguage.googleapis.com";
        }
        String location = options.getLocation();
        if (location == null || location.equals(DEFAULT_LOCATION)) {
            return "https://aiplatform.googleapis.com";
        }
        // As Google's SDK does: us and eu are multi-regions with hosts of their own.
        return location.equals("us") || location.equals("eu")
                ? "https://aiplatform." + location + ".rep.googleapis.com"
                : "https://" + location + "-aiplatform.googleapis.com";
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

    private static String headerValue(String name, Object value) {
        String text = String.valueOf(value).strip();
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new InvalidRequestException("additionalHeader." + name
                    + " has characters that no HTTP header can carry; its value is not shown here");
        }
        return text;
    }

    /** The order of Google's own clients. */
    private static String keyOfEnvironment() {
        String key = System.getenv("GOOGLE_API_KEY");
        return key == null || key.isBlank() ? System.getenv("GEMINI_API_KEY") : key;
    }

    private static GoogleConnection.HttpProxy proxy(GeminiImageConfiguration options) {
        return options.getProxyHost() == null
                ? null
                : new GoogleConnection.HttpProxy(options.getProxyHost(), proxyPort(options));
    }

    private static int proxyPort(GeminiImageConfiguration options) {
        if (!HOST_PATTERN.matcher(options.getProxyHost()).matches()) {
            throw new InvalidRequestException(
                    "proxyHost '" + options.getProxyHost().replaceFirst(".*@", "")
                            + "' must be a host such as proxy.example.com, without scheme, user, port and path");
        }
        if (options.getProxyPort() == null) {
            throw new InvalidRequestException(
                    "proxyHost '" + options.getProxyHost() + "' needs the option proxyPort as well");
        }
        return options.getProxyPort();
    }

    /** Those of a service account, or the application default ones; null where a key is used instead. */
    private GoogleCredentials credentials(
            GeminiImageConfiguration options, boolean keyUsed, HttpTransportFactory transport) {
        if (keyUsed) {
            return null;
        }
        if (options.getServiceAccountKey() == null) {
            return defaultCredentials(transport);
        }
        try (InputStream json =
                ResourceHelper.resolveMandatoryResourceAsInputStream(context, options.getServiceAccountKey())) {
            return GoogleCredentials.fromStream(json, transport).createScoped(CLOUD_SCOPE);
        } catch (IOException e) {
            // Without the value: somebody may have put the key itself there.
            throw new AuthenticationException(
                    "serviceAccountKey names no readable service account key in JSON ("
                            + e.getClass().getSimpleName() + "); write classpath:name or file:path",
                    ProviderError.NONE,
                    null);
        }
    }

    private static GoogleCredentials defaultCredentials(HttpTransportFactory transport) {
        try {
            return GoogleCredentials.getApplicationDefault(transport).createScoped(CLOUD_SCOPE);
        } catch (IOException e) {
            throw new AuthenticationException(
                    "project is set, and neither apiKey nor serviceAccountKey, but this machine has no application default"
                            + " credentials: " + e.getMessage(),
                    ProviderError.NONE,
                    e);
        }
    }

    /** Tokens are fetched the same way as pictures: through the proxy, trusting the same certificates. */
    private static HttpTransportFactory transport(GoogleConnection.HttpProxy proxy, GoogleConnection.Tls tls) {
        NetHttpTransport.Builder transport = new NetHttpTransport.Builder();
        if (proxy != null) {
            transport.setProxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())));
        }
        if (tls != null) {
            transport.setSslSocketFactory(tls.socketFactory());
        }
        HttpTransport built = transport.build();
        return () -> built;
    }

    private GoogleConnection.Tls tls(SSLContextParameters parameters) throws Exception {
        if (parameters == null) {
            return null;
        }
        GoogleConnection.Tls known = tls.get(parameters);
        if (known == null) {
            // First, since it hands the Camel context on to the key stores.
            SSLContext context = parameters.createSSLContext(this.context);
            TrustManager[] trustManagers = parameters.getTrustManagers() == null
                    ? defaultTrustManagers()
                    : parameters.getTrustManagers().createTrustManagers();
            X509TrustManager trustManager = (X509TrustManager) Stream.of(trustManagers)
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequestException("sslContextParameters has no X.509 trust manager"));
            known = new GoogleConnection.Tls(context.getSocketFactory(), trustManager);
            tls.put(parameters, known);
        }
        return known;
    }

    private static TrustManager[] defaultTrustManagers() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }
}
