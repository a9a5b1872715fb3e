package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The TLS settings of a route, in the form that HTTP clients need. */
public record Tls(SSLSocketFactory socketFactory, X509TrustManager trustManager) {

    /**
     * Reads the option {@code sslContextParameters}.
     *
     * @param parameters or null for the JVM's defaults, which gives null
     * @throws InvalidRequestException when there are no trusted certificates
     * @throws Exception when a key store cannot be read
     */
    public static Tls of(SSLContextParameters parameters, CamelContext camelContext) throws Exception {
        if (parameters == null) {
            return null;
        }
        // First, because it passes the Camel context on to the key stores.
        SSLContext context = parameters.createSSLContext(camelContext);
        TrustManager[] trustManagers = parameters.getTrustManagers() == null
                ? defaultTrustManagers()
                : parameters.getTrustManagers().createTrustManagers();
        X509TrustManager trustManager = (X509TrustManager) Stream.of(trustManagers)
                .filter(X509TrustManager.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("sslContextParameters has no X.509 trust manager"));
        return new Tls(context.getSocketFactory(), trustManager);
    }

    private static TrustManager[] defaultTrustManagers() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }
}
