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
 * The signature of Google for calls that a batch asks for itself: a JSON Web Token, whose keys are published. They are fetched
 * by the first token and kept for an hour, so that tokens of strangers cause no calls.
 *
 * <p>Who is addressed is not checked, since the documentation does not say by which name; all that a token for somebody else
 * can do here is make the consumer look. The token does not sign the body, of which nothing is read.
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
        // The header webhook-id is not signed, so that whoever repeats a call may write there what he likes.
        return claims.getJwtId() == null ? digest(token) : claims.getJwtId();
    }

    private static String digest(String token) {
        try {
            // Of what is signed: the rest can be written in several ways.
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
            // Its message may repeat what a stranger sent.
            throw RefusedCallException.unknown("its token is not signed by a key of the service, or has expired");
        }
        if (!ALGORITHM.equals(verified.getHeader().getAlgorithm())) {
            throw RefusedCallException.unknown("its token is not signed with " + ALGORITHM);
        }
        return verified.getPayload();
    }
}
