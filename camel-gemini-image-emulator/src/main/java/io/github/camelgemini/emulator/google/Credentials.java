package io.github.camelgemini.emulator.google;

import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.gemini.ApiCall;
import io.github.camelgemini.emulator.gemini.ApiError;
import io.github.camelgemini.emulator.gemini.RefusedException;
import java.util.Optional;

/**
 * The accepted keys and tokens.
 *
 * @param apiKey the only valid key; empty accepts any
 * @param accessToken the only valid access token of Vertex AI; empty accepts any
 * @param bearerKeys whether the Developer API also accepts its key as {@code Authorization: Bearer}, as gateways do
 */
public record Credentials(Optional<String> apiKey, Optional<String> accessToken, boolean bearerKeys) {

    void check(ApiCall call, Incoming request) throws RefusedException {
        Optional<String> key = request.googleKey().or(request::queryKey);
        Optional<String> token = request.bearerToken();
        switch (call.surface()) {
            case DEVELOPER -> checkKey(bearerKeys ? key.or(() -> token) : key);
            case VERTEX -> checkToken(token);
            case VERTEX_EXPRESS -> {
                if (key.isPresent() || token.isEmpty()) {
                    checkKey(key);
                } else {
                    checkToken(token);
                }
            }
        }
    }

    private void checkKey(Optional<String> sent) throws RefusedException {
        if (sent.isEmpty()) {
            throw new RefusedException(ApiError.missingKey());
        }
        if (apiKey.isPresent() && !apiKey.equals(sent)) {
            throw new RefusedException(ApiError.invalidKey());
        }
    }

    private void checkToken(Optional<String> sent) throws RefusedException {
        if (sent.isEmpty() || (accessToken.isPresent() && !accessToken.equals(sent))) {
            throw new RefusedException(ApiError.invalidToken());
        }
    }
}
