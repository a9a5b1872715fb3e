package io.github.camelgemini.image.consume;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Google's signature for webhook calls of a batch: a JSON Web Token with published keys. The keys are fetched for the
 * first token and cached for an hour, so that forged tokens cause no calls.
 *
 * <p>The audience is not checked, because the documentation does not define it. A token for another audience can only
 * make the consumer poll. The token does not sign the body, but the body is not read.
 */
final class SignedToken implements WebhookSignature {

    private static final String ALGORITHM = "RS256";

    private final TokenVerifier verifier;

    SignedToken(PublicKeys keys) {
        NetHttpTransport.Builder http = new NetHttpTransport.Builder().setProxy(keys.proxy());
        if (keys.tls() != null) {
            http.setSslSocketFactory(keys.tls().socketFactory());
        }
        NetHttpTransport transport = http.build();
        this.verifier = TokenVerifier.newBuilder()
                .setCertificatesLocation(keys.uri().toString())
                .setHttpTransportFactory(() -> transport)
                .build();
    }

    @Override
    public String check(WebhookCall call) throws RefusedCallException {
        if (call.signature() == null) {
            throw RefusedCallException.unknown("it has no webhook-signature");
        }
        String token = call.signature().strip();
        JsonWebToken.Payload claims = claims(token);
        if (claims.getIssuedAtTimeSeconds() != null) {
            WebhookAge.check(Instant.ofEpochSecond(claims.getIssuedAtTimeSeconds()));
        } else if (claims.getExpirationTimeSeconds() == null) {
            throw RefusedCallException.unknown("its token has neither iat nor exp");
        }
        if (call.sent().isPresent()) {
            WebhookAge.check(call.sent().get());
        }
        // The header webhook-id is not signed, so a repeated call may contain any value there.
        return claims.getJwtId() == null ? digest(token) : claims.getJwtId();
    }

    private static String digest(String token) {
        try {
            // From the signed part, because the rest can be encoded in several ways.
            String signed = token.substring(0, token.lastIndexOf('.'));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private JsonWebToken.Payload claims(String token) throws RefusedCallException {
        JsonWebSignature verified;
        try {
            verified = verifier.verify(token);
        } catch (TokenVerifier.VerificationException | RuntimeException e) {
            // The cause is left out, because its message may contain text of a forged call.
            throw RefusedCallException.unknown("its token is not signed by a key of the service, or has expired");
        }
        if (!ALGORITHM.equals(verified.getHeader().getAlgorithm())) {
            throw RefusedCallException.unknown("its token is not signed with " + ALGORITHM);
        }
        return verified.getPayload();
    }
}
