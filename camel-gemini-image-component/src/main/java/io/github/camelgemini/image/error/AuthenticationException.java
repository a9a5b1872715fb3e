package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The service refused the key, the access token or the project, or its certificate is not trusted. This is HTTP 401 or
 * 403, or whatever else a service answers to an invalid key, or to an account or location that it does not serve. Not
 * retried: the same credentials would be refused again.
 */
public class AuthenticationException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public AuthenticationException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
