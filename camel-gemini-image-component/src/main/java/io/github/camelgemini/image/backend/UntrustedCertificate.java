package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ProviderError;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Recognizes a server certificate that is not trusted, has expired, or is for another host name. A retry would fail the
 * same way.
 */
public final class UntrustedCertificate {

    private UntrustedCertificate() {}

    /**
     * Whether the certificate is the cause. Other TLS failures, such as an unreachable revocation list, may be
     * temporary.
     */
    public static boolean isCauseOf(IOException failure) {
        boolean found = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path
                    && path.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
                return false;
            }
            found |= cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException;
        }
        return found;
    }

    /**
     * @param host of the server, or null if only the client knows it
     * @param reason the message of the failure, without secrets
     */
    public static AuthenticationException failure(
            String host, String reason, IOException failure, ProviderError provider) {
        return new AuthenticationException(
                "The certificate of " + (host == null ? "the server" : host) + " is not trusted: "
                        + reason
                        + ". If you use your own certificate authority, set it in the option sslContextParameters."
                        + " If the certificate has expired or is for another host name, its owner must replace it",
                provider,
                failure);
    }
}
