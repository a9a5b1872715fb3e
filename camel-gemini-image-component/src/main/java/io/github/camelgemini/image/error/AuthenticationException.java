package io.github.camelgemini.image.error;

import java.io.Serial;

/**
 * The key, the token or the project was refused (HTTP 401 and 403, or what else a service answers to a wrong key and to accounts
 * and places that it does not serve), or the server's certificate is not to be trusted. Not retried: the same credential will be
 * refused again.
 */
public class AuthenticationException extends GeminiImageException {

    @Serial
    private static final long serialVersionUID = 1L;

    public AuthenticationException(String message, ProviderError provider, Throwable cause) {
        super(message, provider, cause);
    }
}
