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
 * Where and as whom the Gemini API is called.
 *
 * @param surface the Developer API or Vertex AI
 * @param apiKey the key, or null for Vertex AI with credentials
 * @param apiKeyPlacement where requests carry the key
 * @param project the Google Cloud project, or null
 * @param location the Google Cloud location, or null
 * @param credentials for Vertex AI without a key; null for the application default credentials
 * @param baseUrl scheme, host and path of another server, or null for Google's
 * @param apiVersion the version in the path, or null for the SDK's choice
 * @param headers sent along with every request
 * @param connectTimeout for one connection; zero for none
 * @param idleTimeout for a request or an answer that has begun and goes no further; zero for none
 * @param proxy an HTTP proxy, or null
 * @param tls the socket factory and what it trusts, or null for the JVM's
 * @param referenceUpload how reference pictures are sent
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

    /** Whether a URL leads to the server that the route has named, port included. */
    boolean isOfServer(String uri) {
        HttpUrl url = HttpUrl.parse(uri);
        HttpUrl server = baseUrl == null ? null : HttpUrl.parse(baseUrl);
        return url != null && server != null && url.host().equals(server.host()) && url.port() == server.port();
    }

    /** A text of others without credentials, see {@link Secrets#redact}. */
    String redact(String text) {
        return Secrets.redact(text);
    }

    /** Has the key, the headers, and what the credentials log in with known; to be closed with the connection. */
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

    /** Without the key, the credentials and the headers, any of which may be secret. */
    @Override
    public String toString() {
        return "GoogleConnection[surface=" + surface + ", project=" + project + ", location=" + location + ", baseUrl="
                + baseUrl + ", apiVersion=" + apiVersion + "]";
    }
}
