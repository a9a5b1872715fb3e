package io.github.camelgemini.image.backend.google;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.Tls;
import io.github.camelgemini.image.secret.Secrets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * The server and the account for calls of the Gemini API.
 *
 * @param surface the Developer API or Vertex AI
 * @param apiKey the key, or null for Vertex AI with credentials
 * @param apiKeyPlacement where requests carry the key
 * @param project the Google Cloud project, or null
 * @param location the Google Cloud location, or null
 * @param credentials for Vertex AI without a key; null for the application default credentials
 * @param baseUrl scheme, host and path of another server, or null for Google's
 * @param apiVersion the version in the path, or null for the SDK's choice
 * @param headers sent with every request
 * @param connectTimeout time limit for opening a connection; zero for none
 * @param idleTimeout time limit without progress while a request or an answer is transferred; zero for none
 * @param proxy an HTTP proxy, or null
 * @param tls the socket factory and the trusted certificates, or null for the JVM's defaults
 * @param referenceUpload how reference images are sent
 * @param batchGcsUri bucket and folder for batches of Vertex AI, or null
 */
record GoogleConnection(
        Surface surface,
        String apiKey,
        ApiKeyPlacement apiKeyPlacement,
        String project,
        String location,
        GoogleCredentials credentials,
        String baseUrl,
        String apiVersion,
        Map<String, String> headers,
        Duration connectTimeout,
        Duration idleTimeout,
        ServiceOptions.HttpProxy proxy,
        Tls tls,
        ReferenceUpload referenceUpload,
        String batchGcsUri) {

    GoogleConnection {
        headers = Map.copyOf(headers);
        Secrets.keep(apiKey);
    }

    /** Whether a URL is on the server that the route names, including its port. */
    boolean isOfServer(String uri) {
        HttpUrl url = HttpUrl.parse(uri);
        HttpUrl server = baseUrl == null ? null : HttpUrl.parse(baseUrl);
        return url != null && server != null && url.host().equals(server.host()) && url.port() == server.port();
    }

    /** A text without credentials, see {@link Secrets#redact}. */
    String redact(String text) {
        return Secrets.redact(text);
    }

    /** Registers the key, the headers and the credentials as secrets, until the connection is closed. */
    Secrets.Held hold() {
        if (credentials instanceof ServiceAccountCredentials account) {
            String key =
                    Base64.getEncoder().encodeToString(account.getPrivateKey().getEncoded());
            return Secrets.hold(headers, apiKey, key, account.getPrivateKeyId());
        }
        return credentials instanceof UserCredentials user
                ? Secrets.hold(headers, apiKey, user.getClientSecret(), user.getRefreshToken())
                : Secrets.hold(headers, apiKey);
    }

    /** Leaves out the key, the credentials and the headers, since any of them may be secret. */
    @Override
    public String toString() {
        return "GoogleConnection[surface=" + surface + ", project=" + project + ", location=" + location + ", baseUrl="
                + baseUrl + ", apiVersion=" + apiVersion + "]";
    }
}
